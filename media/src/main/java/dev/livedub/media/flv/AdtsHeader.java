package dev.livedub.media.flv;

import java.nio.ByteBuffer;

/**
 * The header of an ADTS frame of AAC (ISO/IEC 14496-3, 1.A.2.2).
 *
 * @param fixedPart what is the same in all frames of a stream: 28 bits
 */
record AdtsHeader(long fixedPart) {

  /** No header's fixed part. */
  static final long NONE = -1;

  private static final int HEADER_BYTES = 7;
  private static final int CHECKSUM_BYTES = 2;
  private static final int MOST_RATE_INDEX = 12;

  /** Whether a frame begins so: the syncword, and layer 0. No raw AAC does. */
  static boolean isAt(ByteBuffer frame) {
    int at = frame.position();
    return frame.remaining() > HEADER_BYTES
        && (frame.get(at) & 0xFF) == 0xFF
        && (frame.get(at + 1) & 0xF6) == 0xF0;
  }

  /**
   * Takes the header off; the frame's position is moved behind it.
   *
   * @throws FlvException if it is of a kind that FLV has no place for
   */
  static AdtsHeader take(ByteBuffer frame) throws FlvException {
    int at = frame.position();
    long fixed = 0;
    for (int i = 0; i < 4; i++) {
      fixed = fixed << Byte.SIZE | (frame.get(at + i) & 0xFF);
    }
    int blocks = (frame.get(at + HEADER_BYTES - 1) & 3) + 1;
    if (blocks > 1) {
      throw new FlvException("an ADTS frame of " + blocks + " blocks of AAC, expected 1");
    }
    boolean checked = (frame.get(at + 1) & 1) == 0;
    int sizeBytes = HEADER_BYTES + (checked ? CHECKSUM_BYTES : 0);
    if (frame.remaining() <= sizeBytes) {
      throw new FlvException("an ADTS frame of " + frame.remaining() + " bytes holds no sound");
    }
    frame.position(at + sizeBytes);
    return new AdtsHeader(fixed >>> 4);
  }

  /** What it says, as other containers need it (ISO/IEC 14496-3, 1.6.2.1). */
  byte[] audioSpecificConfig() throws FlvException {
    int objectType = (int) (fixedPart >> 10 & 3) + 1;
    int rateIndex = (int) (fixedPart >> 6 & 15);
    int channels = (int) (fixedPart >> 2 & 7);
    if (rateIndex > MOST_RATE_INDEX || channels == 0) {
      throw new FlvException(
          "an ADTS header with sample rate index "
              + rateIndex
              + " and channel configuration "
              + channels
              + ", expected 0 to 12 and 1 to 7");
    }
    int config = objectType << 11 | rateIndex << 7 | channels << 3;
    return new byte[] {(byte) (config >> 8), (byte) config};
  }
}
