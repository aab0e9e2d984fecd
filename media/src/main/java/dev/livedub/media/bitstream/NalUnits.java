package dev.livedub.media.bitstream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Where the NAL units of an Annex B byte stream lie (ITU-T H.264 and H.265, B.1). Start codes have
 * three bytes; zeros before one, or at the end, belong to no unit. Units without a byte are left
 * out.
 *
 * <p>One index is used again and again, so that nothing is allocated. <b>Threading:</b> one thread.
 */
public final class NalUnits {

  /** Bytes of a NAL unit's length where it has one instead of a start code. */
  public static final int LENGTH_BYTES = 4;

  private static final int START_CODE_BYTES = 3;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Begin and end of each unit, in turn. */
  private int[] borders = new int[32];

  private int count;

  /** Finds the units between a buffer's position and its limit; neither is moved. */
  public void scan(ByteBuffer annexB) {
    scanUntil(annexB, header -> false);
  }

  /**
   * The same up to a unit whose first byte is told apart: it, and what follows it, is not looked
   * at.
   */
  public void scanUntil(ByteBuffer annexB, IntPredicate isOver) {
    count = 0;
    int limit = annexB.limit();
    int startCode = nextStartCode(annexB, annexB.position());
    while (startCode < limit) {
      int begin = startCode + START_CODE_BYTES;
      if (begin < limit && isOver.test(annexB.get(begin))) {
        return;
      }
      startCode = nextStartCode(annexB, begin);
      add(begin, withoutZeros(annexB, begin, startCode));
    }
  }

  private void add(int begin, int end) {
    if (begin == end) {
      return;
    }
    if (borders.length < 2 * count + 2) {
      borders = Arrays.copyOf(borders, 2 * borders.length);
    }
    borders[2 * count] = begin;
    borders[2 * count + 1] = end;
    count++;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** Index of the first byte of unit {@code i}. */
  public int begin(int i) {
    return borders[2 * i];
  }

  /** Index after the last byte of unit {@code i}. */
  public int end(int i) {
    return borders[2 * i + 1];
  }

  /** What all of them take with a length before each. */
  public int lengthPrefixedBytes() {
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += LENGTH_BYTES + end(i) - begin(i);
    }
    return bytes;
  }

  private static int withoutZeros(ByteBuffer bytes, int begin, int end) {
    int last = end;
    while (last > begin && bytes.get(last - 1) == 0) {
      last--;
    }
    return last;
  }

  /**
   * Index of the next 00 00 01 at or after {@code from}, or the limit. Eight bytes without two
   * zeros in a row are passed over at a time, but for the last, which may be the first of two.
   */
  private static int nextStartCode(ByteBuffer bytes, int from) {
    int limit = bytes.limit();
    int end = limit - START_CODE_BYTES + 1;
    int i = from;
    while (i < end) {
      while (i + Long.BYTES <= limit && !mayHoldTwoZeros(bytes.getLong(i))) {
        i += Long.BYTES - 1;
      }
      for (int stop = Math.min(i + Long.BYTES, end); i < stop; i++) {
        if (bytes.get(i) == 0 && bytes.get(i + 1) == 0 && bytes.get(i + 2) == 1) {
          return i;
        }
      }
    }
    return limit;
  }

  /**
   * Whether two of eight bytes, one behind the other, are 0; in any byte order. Mycroft's test
   * marks every zero byte, and now and then a 1 beside it.
   */
  private static boolean mayHoldTwoZeros(long eightBytes) {
    long zeros = (eightBytes - ONES) & ~eightBytes & HIGH_BITS;
    return (zeros & zeros >>> Byte.SIZE) != 0;
  }
}
