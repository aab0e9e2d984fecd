package dev.livedub.media.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes that are put together from pieces, in an array that grows and is used again.
 *
 * <p><b>Threading:</b> one owner.
 */
final class Assembly {

  /** No access unit is longer: H.264's and H.265's highest levels stay below half of it. */
  static final int MAX_BYTES = 32 * 1024 * 1024;

  private static final int FIRST_BYTES = 16 * 1024;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int sizeBytes;

  /** Whether so many bytes more may be put. */
  boolean hasRoom(int moreBytes) {
    return moreBytes <= MAX_BYTES - sizeBytes;
  }

  /** Puts a piece, for which there {@link #hasRoom}. */
  void put(ByteBuffer from, int at, int pieceBytes) {
    grow(pieceBytes);
    from.get(at, bytes, sizeBytes, pieceBytes);
    sizeBytes += pieceBytes;
  }

  /** Puts one byte, for which there {@link #hasRoom}. */
  void put(int one) {
    grow(1);
    bytes[sizeBytes++] = (byte) one;
  }

  private void grow(int moreBytes) {
    if (!hasRoom(moreBytes)) {
      throw new IllegalStateException(
          "no room for " + moreBytes + " bytes more than " + sizeBytes + ", at most " + MAX_BYTES);
    }
    if (bytes.length - sizeBytes < moreBytes) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, sizeBytes + moreBytes));
    }
  }

  /** The array; what was put lies at its beginning. */
  byte[] array() {
    return bytes;
  }

  /** How much was put. */
  int sizeBytes() {
    return sizeBytes;
  }

  /** Begins anew. */
  void clear() {
    sizeBytes = 0;
  }
}
