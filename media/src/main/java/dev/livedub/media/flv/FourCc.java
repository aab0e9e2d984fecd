package dev.livedub.media.flv;

/** The codes by which enhanced RTMP names codecs. */
final class FourCc {

  static final int HVC1 = 0x68766331;
  static final int AAC = 0x6D703461;
  static final int OPUS = 0x4F707573;
  static final int FLAC = 0x664C6143;
  static final int AC3 = 0x61632D33;
  static final int EAC3 = 0x65632D33;

  private FourCc() {}
}
