package dev.livedub.media.rtp;

/** Looks for a recovery point in supplemental information (ITU-T H.264, 7.3.2.3 and D.1.8). */
final class RecoveryPoint {

  private static final int PAYLOAD_TYPE = 6;
  private static final int MORE = 0xFF;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int zeros;

  private RecoveryPoint(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** Whether one of the messages between {@code at} and {@code end} is one. */
  static boolean isIn(byte[] bytes, int at, int end) {
    return new RecoveryPoint(bytes, at, end).find();
  }

  private boolean find() {
    while (end - at > 2) { // the trailing bits are one byte
      int type = varied();
      int sizeBytes = varied();
      if (type == PAYLOAD_TYPE) {
        return sizeBytes > 0;
      }
      for (int i = 0; i < sizeBytes && at < end; i++) {
        next();
      }
    }
    return false;
  }

  /** A number, of which each byte of 255 says that it goes on. */
  private int varied() {
    int sum = 0;
    int one = MORE;
    while (one == MORE && at < end) {
      one = next();
      sum += one;
    }
    return sum;
  }

  /** The next byte; those that only keep start codes apart (7.4.1.1) are passed over. */
  private int next() {
    if (zeros >= 2 && bytes[at] == 3 && end - at > 1) {
      at++;
      zeros = 0;
    }
    int one = bytes[at++] & 0xFF;
    zeros = one == 0 ? zeros + 1 : 0;
    return one;
  }
}
