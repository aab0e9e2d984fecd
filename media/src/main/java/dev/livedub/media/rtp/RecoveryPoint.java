package dev.livedub.media.rtp;

import dev.livedub.media.bitstream.Rbsp;

/** Looks for a recovery point in supplemental information (ITU-T H.264, 7.3.2.3 and D.1.8). */
final class RecoveryPoint {

  private static final int PAYLOAD_TYPE = 6;
  private static final int MORE = 0xFF;
  private static final int TRAILING_BYTES = 1;

  private final byte[] messages;
  private final int end;
  private int at;

  private RecoveryPoint(byte[] messages) {
    this.messages = messages;
    this.end = messages.length - TRAILING_BYTES;
  }

  /** Whether one of the messages between {@code at} and {@code end} is one. */
  static boolean isIn(byte[] bytes, int at, int end) {
    return new RecoveryPoint(Rbsp.of(bytes, at, end)).find();
  }

  private boolean find() {
    while (end - at >= 2) {
      int type = varied();
      int sizeBytes = varied();
      if (type == PAYLOAD_TYPE) {
        return sizeBytes > 0;
      }
      at += sizeBytes;
    }
    return false;
  }

  /** A number, of which each byte of 255 says that it goes on. */
  private int varied() {
    int sum = 0;
    int one = MORE;
    while (one == MORE && at < end) {
      one = messages[at++] & 0xFF;
      sum += one;
    }
    return sum;
  }
}
