package dev.livedub.cli.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Lets time pass, and shows meanwhile how it goes.
 *
 * <p><b>Threading:</b> the main thread.
 */
interface Watch {

  /** Waits until something holds; whether it did in time. */
  boolean await(Duration atMost, BooleanSupplier condition) throws InterruptedException;

  /** Says what happens now. */
  void announce(String what);

  /** Waits for so long. */
  default void pass(Duration duration) throws InterruptedException {
    await(duration, () -> false);
  }
}
