package dev.livedub.media.flv;

/** Picture codecs, and how FLV names them. */
public enum PictureCodec {
  /** FLV's CodecID 7 (E.4.3.1). */
  H264(7),
  /** FourCC {@code hvc1} of enhanced RTMP. */
  H265(FourCc.HVC1);

  private final int id;

  PictureCodec(int id) {
    this.id = id;
  }

  /** {@code videocodecid} in the metadata. */
  int id() {
    return id;
  }

  /** A record that holds parameter sets: an {@code avcC} or {@code hvcC} is one already. */
  byte[] record(byte[] configuration) throws FlvException {
    if (isRecord(configuration)) {
      return configuration;
    }
    return this == H264 ? AvcConfiguration.of(configuration) : HevcConfiguration.of(configuration);
  }

  /**
   * Whether it is a record, whose access units have lengths, or Annex B, whose have start codes.
   */
  static boolean isRecord(byte[] configuration) {
    return configuration.length > 0 && configuration[0] == 1;
  }
}
