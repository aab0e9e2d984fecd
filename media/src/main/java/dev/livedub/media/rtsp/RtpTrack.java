package dev.livedub.media.rtsp;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * One track's packets as they go on to the demuxer: with a payload type and a source number of
 * ours, and with sender reports on the scale of {@link ReportClock}, the first of them ahead of
 * everything else.
 *
 * <p><b>Threading:</b> one owner.
 */
final class RtpTrack {

  private static final int RTP_HEAD_BYTES = 12;
  private static final int VERSION_BITS = 0xC0;
  private static final int VERSION_2 = 0x80;

  /**
   * The demuxer counts RTP time from the last report, in 32 bits with a sign. Where a server sends
   * no reports, one of ours must come long before that overflows.
   */
  private static final int REPORT_AFTER_TICKS = 1 << 30;

  private final MediaTrack media;
  private final int source;
  private final ReportClock clock;
  private final OptionalInt announcedRtpTime;
  private boolean started;
  private long reportedTime;
  private int reportedRtpTime;

  /**
   * A track.
   *
   * @param source what stands for its SSRC
   * @param announcedRtpTime where it begins, if the server said so
   */
  RtpTrack(MediaTrack media, int source, ReportClock clock, OptionalInt announcedRtpTime) {
    this.media = media;
    this.source = source;
    this.clock = clock;
    this.announcedRtpTime = announcedRtpTime;
  }

  /** Whether the packet is RTP of this track's; others are of no use. */
  boolean isRtp(ByteBuffer buffer, int at, int sizeBytes) {
    return sizeBytes >= RTP_HEAD_BYTES
        && (buffer.get(at) & VERSION_BITS) == VERSION_2
        && (buffer.get(at + 1) & 0x7F) == media.payloadType();
  }

  /** The RTP time of a packet. */
  static int rtpTime(ByteBuffer buffer, int at) {
    return buffer.getInt(at + 4);
  }

  /** Makes the packet ours. */
  void rewrite(ByteBuffer buffer, int at) {
    int marker = buffer.get(at + 1) & 0x80;
    buffer.put(at + 1, (byte) (marker | media.ownPayloadType()));
    buffer.putInt(at + 8, source);
  }

  /**
   * Whether a report must go ahead of what has this RTP time; if so, {@link #writeReport} makes it.
   */
  boolean needsReport(int rtpTime) {
    if (!started) {
      started = true;
      reportedTime = ReportClock.START;
      reportedRtpTime = announcedRtpTime.orElse(rtpTime);
      return true;
    }
    int ticks = rtpTime - reportedRtpTime;
    if (ticks > -REPORT_AFTER_TICKS && ticks < REPORT_AFTER_TICKS) {
      return false;
    }
    reportedTime += ReportClock.duration(ticks, media.clockRateHz());
    reportedRtpTime = rtpTime;
    return true;
  }

  /** Takes over what the server reported; {@link #writeReport} passes it on. */
  void take(long serverTime, int rtpTime) {
    int ticks = rtpTime - reportedRtpTime;
    long expected = reportedTime + ReportClock.duration(ticks, media.clockRateHz());
    reportedTime = clock.onScale(serverTime, expected);
    reportedRtpTime = rtpTime;
  }

  /** Writes the last report, 28 bytes. */
  int writeReport(ByteBuffer buffer, int at) {
    return Rtcp.writeReport(buffer, at, source, reportedTime, reportedRtpTime);
  }
}
