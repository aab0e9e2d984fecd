package dev.livedub.media.flv;

/**
 * Reads the bits of a NAL unit, without the bytes that prevent start codes (ITU-T H.264 and H.265,
 * 7.3.1, 9.1). Threading: one thread.
 */
final class RbspReader {

  private static final int MAX_LEADING_ZEROS = 31;

  private final byte[] rbsp;
  private final int sizeBits;
  private int positionBits;

  /** A reader of what follows a unit's header of that many bytes. */
  RbspReader(byte[] nalUnit, int headerBytes) {
    rbsp = new byte[nalUnit.length];
    int size = 0;
    int zeros = 0;
    for (int i = headerBytes; i < nalUnit.length; i++) {
      boolean prevention = zeros >= 2 && nalUnit[i] == 3;
      zeros = nalUnit[i] == 0 ? zeros + 1 : 0;
      if (!prevention) {
        rbsp[size++] = nalUnit[i];
      }
    }
    sizeBits = size * Byte.SIZE;
  }

  /** The next bits, at most 32, as an unsigned number. */
  long bits(int count) throws FlvException {
    if (count > sizeBits - positionBits) {
      throw new FlvException("a parameter set ends too early");
    }
    long number = 0;
    for (int i = 0; i < count; i++, positionBits++) {
      int bit = rbsp[positionBits / Byte.SIZE] >> (7 - positionBits % Byte.SIZE) & 1;
      number = number << 1 | bit;
    }
    return number;
  }

  /** Passes over bits. */
  void skip(int count) throws FlvException {
    if (count > sizeBits - positionBits) {
      throw new FlvException("a parameter set ends too early");
    }
    positionBits += count;
  }

  /** The next unsigned Exp-Golomb code: ue(v). */
  long exponentialGolomb() throws FlvException {
    int zeros = 0;
    while (bits(1) == 0) {
      if (++zeros > MAX_LEADING_ZEROS) {
        throw new FlvException("a parameter set holds a number beyond 32 bits");
      }
    }
    return (1L << zeros) - 1 + bits(zeros);
  }
}
