package dev.livedub.media.rtsp;

/**
 * Keeps the times of sender reports on one scale, from before the first of them on.
 *
 * <p>A session's tracks are put together by what the answer to PLAY says until the first sender
 * report (RFC 3550, 6.4.1) comes. Here that is a moment {@link #START}, the same for all tracks;
 * and the servers' times are all moved by one distance, such that the first report agrees with it.
 * What the later ones say of the other tracks, and of all tracks' drift, remains.
 *
 * <p>Times are NTP's: seconds in the upper 32 bits, fractions in the lower.
 */
final class ReportClock {

  /** Where every track begins; any moment will do. */
  static final long START = 1L << 62;

  private boolean known;
  private long shift;

  /** How long so many ticks are, in units of NTP time. */
  static long duration(int ticks, int clockRateHz) {
    long seconds = Math.floorDiv(ticks, clockRateHz);
    long rest = Math.floorMod(ticks, clockRateHz);
    return (seconds << 32) + (rest << 32) / clockRateHz;
  }

  /**
   * A server's time on this scale.
   *
   * @param expected what it would be by the track's beginning
   */
  long onScale(long serverTime, long expected) {
    if (!known) {
      known = true;
      shift = expected - serverTime;
    }
    return serverTime + shift;
  }
}
