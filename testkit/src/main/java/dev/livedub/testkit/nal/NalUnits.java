package dev.livedub.testkit.nal;

import java.nio.ByteBuffer;

/**
 * Walks the NAL units of an access unit, in Annex B or in length-prefixed form.
 *
 * <p>A unit begins at its header and ends before the zero bytes that follow it: a NAL unit never
 * ends in a zero byte (H.264 7.4.1), so such bytes belong to the byte stream and are left out in
 * both forms. Empty units are skipped.
 *
 * <p>Threading: stateless. Ownership: the visitor borrows the array for the length of its call.
 */
public final class NalUnits {

  private static final int LENGTH_SIZE_BYTES = 4;

  private NalUnits() {}

  /** Receives each unit, without start code or length, in order. */
  @FunctionalInterface
  public interface Visitor {

    /** Takes {@code sizeBytes} bytes of {@code data} from {@code offset}; at least one byte. */
    void unit(byte[] data, int offset, int sizeBytes);
  }

  /** Visits the units of an Annex B access unit; bytes before the first start code are ignored. */
  public static void forEachAnnexB(byte[] au, Visitor visitor) {
    forEachAnnexB(au, 0, au.length, visitor);
  }

  /** Visits the units between the buffer's position and limit, which stay as they are. */
  public static void forEachAnnexB(ByteBuffer au, Visitor visitor) {
    if (au.hasArray()) {
      forEachAnnexB(au.array(), au.arrayOffset() + au.position(), au.remaining(), visitor);
    } else {
      forEachAnnexB(copyOf(au), visitor);
    }
  }

  /** Visits the units of the Annex B bytes at {@code offset}. */
  public static void forEachAnnexB(byte[] data, int offset, int sizeBytes, Visitor visitor) {
    int end = offset + sizeBytes;
    int start = afterStartCode(data, offset, end);
    while (start < end) {
      int next = afterStartCode(data, start, end);
      int unitEnd = next < end || endsInStartCode(data, next, start) ? next - 3 : end;
      visitTrimmed(data, start, unitEnd, visitor);
      start = next;
    }
  }

  /**
   * Visits the units of an access unit with four-byte lengths (AVCC, HVCC).
   *
   * @throws IllegalArgumentException if a length points past the end
   */
  public static void forEachLengthPrefixed(byte[] au, Visitor visitor) {
    forEachLengthPrefixed(au, 0, au.length, visitor);
  }

  /** Visits the units between the buffer's position and limit, which stay as they are. */
  public static void forEachLengthPrefixed(ByteBuffer au, Visitor visitor) {
    if (au.hasArray()) {
      forEachLengthPrefixed(au.array(), au.arrayOffset() + au.position(), au.remaining(), visitor);
    } else {
      forEachLengthPrefixed(copyOf(au), visitor);
    }
  }

  /** Visits the units of the length-prefixed bytes at {@code offset}. */
  public static void forEachLengthPrefixed(
      byte[] data, int offset, int sizeBytes, Visitor visitor) {
    int end = offset + sizeBytes;
    int at = offset;
    while (at < end) {
      if (end - at < LENGTH_SIZE_BYTES) {
        throw new IllegalArgumentException("cut NAL length at byte " + (at - offset));
      }
      int unitSizeBytes = ByteBuffer.wrap(data).getInt(at);
      at += LENGTH_SIZE_BYTES;
      if (unitSizeBytes < 0 || unitSizeBytes > end - at) {
        throw new IllegalArgumentException(
            "NAL length " + unitSizeBytes + " with " + (end - at) + " bytes left");
      }
      visitTrimmed(data, at, at + unitSizeBytes, visitor);
      at += unitSizeBytes;
    }
  }

  private static void visitTrimmed(byte[] data, int start, int unitEnd, Visitor visitor) {
    int end = unitEnd;
    while (end > start && data[end - 1] == 0) {
      end--;
    }
    if (end > start) {
      visitor.unit(data, start, end - start);
    }
  }

  /** The index after the next 00 00 01 at or after {@code from}, or {@code end}. */
  private static int afterStartCode(byte[] data, int from, int end) {
    for (int i = from + 2; i < end; i++) {
      if (data[i] == 1 && data[i - 1] == 0 && data[i - 2] == 0) {
        return i + 1;
      }
    }
    return end;
  }

  private static boolean endsInStartCode(byte[] data, int end, int start) {
    return end - start >= 3 && data[end - 1] == 1 && data[end - 2] == 0 && data[end - 3] == 0;
  }

  private static byte[] copyOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
