package dev.livedub.media.flv;

import dev.livedub.media.bitstream.Rbsp;

/** Reads the bits of a NAL unit (ITU-T H.264 and H.265, 9.1). Threading: one thread. */
final class RbspReader {

  private static final int MAX_LEADING_ZEROS = 31;

  private final byte[] rbsp;
  private int positionBits;

  /** A reader of what follows a unit's header of that many bytes. */
  RbspReader(byte[] nalUnit, int headerBytes) {
    rbsp = Rbsp.of(nalUnit, headerBytes, nalUnit.length);
  }

  /** The next bits, at most 32, as an unsigned number. */
  long bits(int count) throws FlvException {
    if (count > rbsp.length * Byte.SIZE - positionBits) {
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
    if (count > rbsp.length * Byte.SIZE - positionBits) {
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
