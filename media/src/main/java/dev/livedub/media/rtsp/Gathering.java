package dev.livedub.media.rtsp;

import java.time.Duration;

/**
 * How long packets are left lying with the kernel, so that one read fetches many: as long as may
 * be, but no longer than until {@link #MOST_BYTES} have come, by what came the last times. A
 * receive window that fills up would hold the sender.
 *
 * <p><b>Threading:</b> one owner.
 */
final class Gathering {

  /** Well below the 64 KiB that Linux opens a receive window with. */
  static final int MOST_BYTES = 40 * 1024;

  private static final int GROWTH = 4;

  private final long longestNanos;
  private final long shortestNanos;
  private long pauseNanos;

  /** Gathering for this long at most; zero for not at all. */
  Gathering(Duration longest) {
    longestNanos = longest.toNanos();
    shortestNanos = Math.min(longestNanos, Duration.ofMillis(1).toNanos());
    pauseNanos = longestNanos;
  }

  /** Whether there is to be any. */
  boolean isWanted() {
    return longestNanos > 0;
  }

  /**
   * The next pause, in nanoseconds. It shrinks at once and grows by a quarter.
   *
   * @param gatheredBytes that have come since the pause before
   */
  long nextPauseNanos(int gatheredBytes) {
    pauseNanos =
        gatheredBytes > MOST_BYTES
            ? Math.max(shortestNanos, pauseNanos * MOST_BYTES / gatheredBytes)
            : Math.min(longestNanos, pauseNanos + pauseNanos / GROWTH);
    return pauseNanos;
  }
}
