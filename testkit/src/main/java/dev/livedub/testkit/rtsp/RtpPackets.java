package dev.livedub.testkit.rtsp;

import java.nio.ByteBuffer;

/** Reads and rewrites RTP and RTCP headers (RFC 3550) inside interleaved frames. */
final class RtpPackets {

  private static final int BASE = InterleavedFrame.HEADER_BYTES;
  private static final int RTP_HEADER_BYTES = 12;
  private static final int SENDER_REPORT_BYTES = 28;
  private static final int SENDER_REPORT_TYPE = 200;
  private static final int SENDER_REPORT_TIMESTAMP = BASE + 16;

  private RtpPackets() {}

  /** Whether the frame is long enough for an RTP header and says version 2. */
  static boolean isRtp(byte[] frame) {
    return frame.length >= BASE + RTP_HEADER_BYTES
        && (frame[BASE] & 0xC0) == 0x80
        && payloadOffset(frame) <= payloadEnd(frame);
  }

  static boolean hasMarker(byte[] frame) {
    return (frame[BASE + 1] & 0x80) != 0;
  }

  static int sequenceNumber(byte[] frame) {
    return ByteBuffer.wrap(frame).getShort(BASE + 2) & 0xFFFF;
  }

  static int timestamp(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt(BASE + 4);
  }

  static void setTimestamp(byte[] frame, int timestamp) {
    ByteBuffer.wrap(frame).putInt(BASE + 4, timestamp);
  }

  static int payloadOffset(byte[] frame) {
    int at = BASE + RTP_HEADER_BYTES + 4 * (frame[BASE] & 0x0F);
    boolean extended = (frame[BASE] & 0x10) != 0;
    if (!extended || at + 4 > frame.length) {
      return at;
    }
    return at + 4 + 4 * (ByteBuffer.wrap(frame).getShort(at + 2) & 0xFFFF);
  }

  static int payloadEnd(byte[] frame) {
    boolean padded = (frame[BASE] & 0x20) != 0;
    return padded ? frame.length - (frame[frame.length - 1] & 0xFF) : frame.length;
  }

  /** Whether the frame is an RTCP compound that begins with a sender report, as they do. */
  static boolean isSenderReport(byte[] frame) {
    return frame.length >= BASE + SENDER_REPORT_BYTES
        && (frame[BASE] & 0xC0) == 0x80
        && (frame[BASE + 1] & 0xFF) == SENDER_REPORT_TYPE;
  }

  static int senderReportTimestamp(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt(SENDER_REPORT_TIMESTAMP);
  }

  static void setSenderReportTimestamp(byte[] frame, int timestamp) {
    ByteBuffer.wrap(frame).putInt(SENDER_REPORT_TIMESTAMP, timestamp);
  }
}
