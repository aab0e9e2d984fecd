package dev.livedub.testkit.clip;

import java.util.Arrays;

/** Writes the bits of one NAL unit. Not for use by several threads. */
final class BitWriter {
  private byte[] buffer = new byte[4_096];
  private int bitCount;

  /** Bits written so far. */
  int bitCount() {
    return bitCount;
  }

  /** Writes the low {@code count} bits of {@code value}, the highest of them first; at most 32. */
  void bits(long value, int count) {
    for (int shift = count - 1; shift >= 0; shift--) {
      bit((int) (value >>> shift) & 1);
    }
  }

  /** Writes one bit. */
  void bit(int bit) {
    int index = bitCount >>> 3;
    if (index == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    if (bit != 0) {
      buffer[index] |= (byte) (0x80 >>> (bitCount & 7));
    }
    bitCount++;
  }

  /** Writes a flag. */
  void flag(boolean flag) {
    bit(flag ? 1 : 0);
  }

  /** Writes an unsigned Exp-Golomb code, ue(v) of H.264 clause 9.1. */
  void ue(int value) {
    int code = value + 1;
    int length = 32 - Integer.numberOfLeadingZeros(code);
    bits(0, length - 1);
    bits(code, length);
  }

  /** Writes a signed Exp-Golomb code, se(v) of H.264 clause 9.1.1. */
  void se(int value) {
    ue(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** Writes zero bits up to the next byte. */
  void alignWithZeros() {
    while ((bitCount & 7) != 0) {
      bit(0);
    }
  }

  /** Writes whole bytes; the writer must be aligned. */
  void bytes(byte[] source) {
    int index = bitCount >>> 3;
    if (index + source.length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, index + source.length));
    }
    System.arraycopy(source, 0, buffer, index, source.length);
    bitCount += source.length * 8;
  }

  /**
   * Ends the unit with rbsp_trailing_bits and gives it as Annex B: start code, header, and the
   * payload with emulation prevention (H.264 clause 7.4.1).
   */
  byte[] toAnnexB(int refIdc, int nalType) {
    bit(1);
    alignWithZeros();
    int length = bitCount >>> 3;
    byte[] out = new byte[5 + length + length / 2];
    out[3] = 1;
    out[4] = (byte) (refIdc << 5 | nalType);
    int at = 5;
    int zeros = 0;
    for (int i = 0; i < length; i++) {
      int value = buffer[i] & 0xFF;
      if (zeros == 2 && value <= 3) {
        out[at++] = 3;
        zeros = 0;
      }
      out[at++] = (byte) value;
      zeros = value == 0 ? zeros + 1 : 0;
    }
    return Arrays.copyOf(out, at);
  }
}
