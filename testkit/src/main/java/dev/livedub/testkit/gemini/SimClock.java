package dev.livedub.testkit.gemini;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The simulator's clock, which may run faster than the wall's.
 *
 * <p><b>Threading</b>: any thread.
 */
final class SimClock {

  private final long startNanos = System.nanoTime();
  private final double speed;

  SimClock(double speed) {
    this.speed = speed;
  }

  /** Nanoseconds since the start. */
  long nanos() {
    return (long) ((System.nanoTime() - startNanos) * speed);
  }

  /** Milliseconds since the start. */
  long millis() {
    return nanos() / 1_000_000;
  }

  /** Runs a task after so long of this clock. */
  void later(EventExecutor executor, Duration after, Runnable task) {
    Future<?> unused = schedule(executor, after, task);
  }

  /** The same, and it can be cancelled. */
  Future<?> schedule(EventExecutor executor, Duration after, Runnable task) {
    return scheduleNanos(executor, after.toNanos(), task);
  }

  /** Runs a task after so long of this clock. */
  Future<?> scheduleNanos(EventExecutor executor, long afterNanos, Runnable task) {
    return executor.schedule(task, (long) (Math.max(0, afterNanos) / speed), TimeUnit.NANOSECONDS);
  }
}
