package dev.livedub.media.rtsp;

import java.nio.ByteBuffer;

/**
 * Reads and writes RTCP packets (RFC 3550, 6): of a compound packet, only the sender report
 * matters. A BYE does not: sources say it and go on, and the end of the connection is plain enough.
 */
final class Rtcp {

  private static final int SENDER_REPORT = 200;
  private static final int LAST_TYPE = 211;
  private static final int HEAD_BYTES = 4;

  /** Of a sender report without report blocks. */
  static final int REPORT_BYTES = 28;

  private static final int VERSION_2 = 0x80;

  private boolean report;
  private long time;
  private int rtpTime;

  /** Whether the packet is RTCP rather than RTP (RFC 5761, 4). */
  static boolean isRtcp(ByteBuffer buffer, int at, int sizeBytes) {
    int type = sizeBytes < HEAD_BYTES ? 0 : buffer.get(at + 1) & 0xFF;
    return type >= SENDER_REPORT && type <= LAST_TYPE;
  }

  /** Looks into a compound packet. */
  void read(ByteBuffer buffer, int from, int sizeBytes) {
    report = false;
    int at = from;
    int end = from + sizeBytes;
    while (end - at >= HEAD_BYTES) {
      int length = ((buffer.getShort(at + 2) & 0xFFFF) + 1) * 4;
      int type = buffer.get(at + 1) & 0xFF;
      if (type == SENDER_REPORT && Math.min(length, end - at) >= 20) {
        readReport(buffer, at);
      }
      at += length;
    }
  }

  private void readReport(ByteBuffer buffer, int at) {
    time = buffer.getLong(at + 8);
    rtpTime = buffer.getInt(at + 16);
    report = time != 0; // 0: the sender knows no time
  }

  /** Whether there was a sender report that tells a time. */
  boolean hasReport() {
    return report;
  }

  /** The report's NTP time. */
  long time() {
    return time;
  }

  /** The report's RTP time. */
  int rtpTime() {
    return rtpTime;
  }

  static int writeReport(ByteBuffer buffer, int at, int source, long time, int rtpTime) {
    buffer.put(at, (byte) VERSION_2);
    buffer.put(at + 1, (byte) SENDER_REPORT);
    buffer.putShort(at + 2, (short) (REPORT_BYTES / 4 - 1));
    buffer.putInt(at + 4, source);
    buffer.putLong(at + 8, time);
    buffer.putInt(at + 16, rtpTime);
    buffer.putLong(at + 20, 0); // packets and octets sent: nobody looks at them
    return REPORT_BYTES;
  }
}
