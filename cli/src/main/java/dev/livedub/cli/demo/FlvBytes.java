package dev.livedub.cli.demo;

import java.util.Arrays;

/** Cuts an FLV file that is still being written (Adobe's specification 10.1, annex E). */
final class FlvBytes {

  private static final int HEAD_BYTES = 13;
  private static final int TAG_HEAD_BYTES = 11;
  private static final int TAIL_BYTES = 4;
  private static final int FLAGS_OFFSET = 4;
  private static final byte SOUND_AND_PICTURE = 5;

  private FlvBytes() {}

  /** As much of a file as whole tags are in, marked as having sound and picture. */
  static byte[] wholeTags(byte[] file) {
    int end = HEAD_BYTES;
    while (end + TAG_HEAD_BYTES <= file.length) {
      int bodyBytes =
          (file[end + 1] & 0xFF) << 16 | (file[end + 2] & 0xFF) << 8 | file[end + 3] & 0xFF;
      int next = end + TAG_HEAD_BYTES + bodyBytes + TAIL_BYTES;
      if (next > file.length) {
        break;
      }
      end = next;
    }
    byte[] whole = Arrays.copyOf(file, Math.min(end, file.length));
    if (whole.length > FLAGS_OFFSET) {
      whole[FLAGS_OFFSET] = SOUND_AND_PICTURE;
    }
    return whole;
  }
}
