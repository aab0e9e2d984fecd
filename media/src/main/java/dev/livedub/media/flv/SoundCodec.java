package dev.livedub.media.flv;

/** Sound codecs that FLV has a place for, and how it names them. */
public enum SoundCodec {
  /** Raw AAC or ADTS; its configuration is an AudioSpecificConfig. */
  AAC(10),
  MP3(2),
  /** Unsigned, 8 bits. */
  PCM_U8(0),
  /** Signed, 16 bits, in an order that FLV leaves open. */
  PCM_S16BE(0),
  /** Signed, 16 bits. */
  PCM_S16LE(3),
  /** G.711 A-law. */
  PCM_ALAW(7),
  /** G.711 µ-law. */
  PCM_MULAW(8),
  SPEEX(11),
  /** Its configuration is an {@code OpusHead}. */
  OPUS(FourCc.OPUS),
  /** Its configuration is a STREAMINFO block. */
  FLAC(FourCc.FLAC),
  AC3(FourCc.AC3),
  EAC3(FourCc.EAC3);

  private static final int LAST_OF_FLV = 15;

  private final int id;

  SoundCodec(int id) {
    this.id = id;
  }

  /** FLV's SoundFormat (E.4.2.1) or enhanced RTMP's FourCC; {@code audiocodecid} as well. */
  int id() {
    return id;
  }

  /** Whether only enhanced RTMP has it. */
  boolean isExtended() {
    return id > LAST_OF_FLV;
  }

  /** What enhanced RTMP calls it; AAC has a code there too. */
  int fourCc() {
    return this == AAC ? FourCc.AAC : id;
  }
}
