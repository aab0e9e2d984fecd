package dev.livedub.testkit.rtsp;

import dev.livedub.testkit.net.FaultLog;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The faults that strike single packets. Threading: under its path's lock. */
final class PacketFaults {

  /** What becomes of a sender report. */
  enum ReportFate {
    PASS,
    WITHHOLD,
    DELAY
  }

  private final FaultLog<RtspFault> log;
  private final Map<TrackSelector, Long> dropUntilNanos = new EnumMap<>(TrackSelector.class);
  private final Map<TrackSelector, Integer> dropEvery = new EnumMap<>(TrackSelector.class);
  private ReportFate reportFate = ReportFate.PASS;
  private long withholdUntilNanos;
  private Duration reportDelay = Duration.ZERO;

  PacketFaults(FaultLog<RtspFault> log) {
    this.log = log;
  }

  void dropUntil(TrackSelector tracks, long untilNanos) {
    dropUntilNanos.put(tracks, untilNanos);
  }

  void dropNoTrack() {
    dropUntilNanos.clear();
  }

  void dropEvery(TrackSelector tracks, int n) {
    dropEvery.put(tracks, n);
  }

  void dropNoPacket() {
    dropEvery.clear();
  }

  void withholdReportsUntil(long untilNanos) {
    reportFate = ReportFate.WITHHOLD;
    withholdUntilNanos = untilNanos;
  }

  void delayReports(Duration delay) {
    reportFate = ReportFate.DELAY;
    reportDelay = delay;
  }

  void passReports() {
    reportFate = ReportFate.PASS;
  }

  Duration reportDelay() {
    return reportDelay;
  }

  /** Whether the track is being dropped as a whole. */
  boolean dropsTrack(RelayTrack track, long nowNanos) {
    boolean drops =
        dropUntilNanos.entrySet().stream()
            .anyMatch(
                entry -> entry.getKey().matches(track.kind()) && entry.getValue() - nowNanos > 0);
    if (drops) {
      log.hit(RtspFault.DROP_TRACK);
    }
    return drops;
  }

  /** Whether this RTP packet is one of those to be lost. */
  boolean dropsPacket(RelayTrack track) {
    for (Map.Entry<TrackSelector, Integer> entry : dropEvery.entrySet()) {
      if (entry.getKey().matches(track.kind()) && track.isNth(entry.getValue())) {
        log.hit(RtspFault.DROP_EVERY_NTH);
        return true;
      }
    }
    return false;
  }

  /** Whether sender reports go out as they come. */
  boolean passesReports(long nowNanos) {
    boolean withheld = reportFate == ReportFate.WITHHOLD && withholdUntilNanos - nowNanos > 0;
    return !withheld && reportFate != ReportFate.DELAY;
  }

  /** What becomes of a sender report that comes now; withheld ones are tallied. */
  ReportFate reportFate(long nowNanos) {
    if (reportFate == ReportFate.WITHHOLD && withholdUntilNanos - nowNanos <= 0) {
      reportFate = ReportFate.PASS;
    }
    if (reportFate == ReportFate.WITHHOLD) {
      log.hit(RtspFault.WITHHOLD_SENDER_REPORTS);
    }
    return reportFate;
  }

  /** Moves the timestamp of an RTP packet or sender report as its track says. */
  void shift(RelayTrack track, byte[] frame, boolean report) {
    if (!track.isShifted()) {
      return;
    }
    if (report) {
      RtpPackets.setSenderReportTimestamp(
          frame, track.shifted(RtpPackets.senderReportTimestamp(frame)));
    } else {
      RtpPackets.setTimestamp(frame, track.shifted(RtpPackets.timestamp(frame)));
    }
    log.hit(RtspFault.SHIFT_TIMESTAMPS);
  }
}
