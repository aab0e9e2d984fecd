package dev.livedub.cli.demo;

import java.util.concurrent.TimeUnit;

/**
 * The time that the page shows: microseconds since the demonstration began, on this machine's own
 * steady clock.
 *
 * @param startNanos {@link System#nanoTime()} at its beginning
 */
record DemoClock(long startNanos) {

  /** A clock that starts now. */
  static DemoClock start() {
    return new DemoClock(System.nanoTime());
  }

  /** The time now. */
  long nowMicros() {
    return micros(System.nanoTime());
  }

  /** The time at a {@link System#nanoTime()}. */
  long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos - startNanos);
  }
}
