package dev.livedub.testkit.mp4;

/**
 * What is in an AudioSpecificConfig of AAC-LC (ISO/IEC 14496-3, 1.6.2.1).
 *
 * @param bytes the whole of it
 */
record AacConfig(byte[] bytes, int sampleRateHz, int channels) {

  private static final int LOW_COMPLEXITY = 2;
  private static final int[] RATES_HZ = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };

  /** One that says this. */
  static AacConfig of(int sampleRateHz, int channels) {
    for (int index = 0; index < RATES_HZ.length; index++) {
      if (RATES_HZ[index] == sampleRateHz) {
        byte[] bytes = new Box().u16(LOW_COMPLEXITY << 11 | index << 7 | channels << 3).bytes();
        return new AacConfig(bytes, sampleRateHz, channels);
      }
    }
    throw new IllegalArgumentException("AAC at " + sampleRateHz + " Hz");
  }

  /** Reads one; its rate must be one that has a number. */
  static AacConfig parse(byte[] bytes) {
    int index = bytes.length < 2 ? RATES_HZ.length : (bytes[0] & 7) << 1 | (bytes[1] & 0x80) >> 7;
    if (index >= RATES_HZ.length) {
      throw new IllegalArgumentException("AudioSpecificConfig without a known rate");
    }
    return new AacConfig(bytes, RATES_HZ[index], (bytes[1] & 0x78) >> 3);
  }
}
