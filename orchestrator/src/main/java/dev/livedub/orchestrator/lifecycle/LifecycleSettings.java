package dev.livedub.orchestrator.lifecycle;

import java.time.Duration;

/**
 * How patient a stream's life cycle is.
 *
 * @param grace how long a worker is kept when its publisher is gone
 * @param maxRestarts most restarts within the window; then the stream is degraded
 * @param window how long a restart counts
 * @param firstPause pause before the first restart; later ones double
 * @param longestPause longest pause
 * @param stable a worker that was on air this long has made good for those before it
 */
public record LifecycleSettings(
    Duration grace,
    int maxRestarts,
    Duration window,
    Duration firstPause,
    Duration longestPause,
    Duration stable) {

  /** What is promised: at most 6 restarts in 10 minutes. */
  public static LifecycleSettings withGrace(Duration grace) {
    return new LifecycleSettings(
        grace,
        6,
        Duration.ofMinutes(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60));
  }
}
