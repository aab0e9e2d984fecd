package dev.livedub.media.rtp;

/**
 * Where a track's RTP timestamps lie on the time scale that all tracks share: told by sender
 * reports (RFC 3550, 6.4.1), and counted from the first of them.
 *
 * <p><b>Threading:</b> one owner.
 */
final class TrackClock {

  private static final long FRACTION = 1L << 32;
  private static final long MASK_32 = FRACTION - 1;

  private final int clockRateHz;
  private boolean reported;
  private long beginning;
  private long reportedTicks;
  private int reportedRtpTime;

  TrackClock(int clockRateHz) {
    this.clockRateHz = clockRateHz;
  }

  /**
   * A sender report: at {@code time} it was {@code rtpTime}.
   *
   * @param time NTP's: seconds in the upper 32 bits, fractions in the lower
   */
  void report(long time, int rtpTime) {
    if (!reported) {
      reported = true;
      beginning = time;
    }
    reportedTicks = ticks(time - beginning);
    reportedRtpTime = rtpTime;
  }

  private long ticks(long duration) {
    long seconds = duration >> 32;
    long rest = duration & MASK_32;
    return seconds * clockRateHz + (rest * clockRateHz + FRACTION / 2 >> 32);
  }

  /** Whether there was a report, without which no time is known. */
  boolean isSet() {
    return reported;
  }

  /** The time of an RTP timestamp less than 2³¹ ticks from the last report, µs. */
  long micros(int rtpTime) {
    long ticks = reportedTicks + (rtpTime - reportedRtpTime);
    long seconds = Math.floorDiv(ticks, (long) clockRateHz);
    long rest = Math.floorMod(ticks, (long) clockRateHz);
    return seconds * 1_000_000 + (rest * 1_000_000 + clockRateHz / 2) / clockRateHz;
  }
}
