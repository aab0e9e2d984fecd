package dev.livedub.testkit.gemini;

import java.util.Random;

/**
 * How late chunks of output come. Measured on the real service: gaps between chunks have a median
 * of 250 ms, one in a hundred is longer than 327 ms, none is longer than 331 ms.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class Jitter {

  private static final int USUAL_MICROS = 4_000;
  private static final int ONE_LATE_IN = 33;
  private static final int LATE_MICROS = 71_000;
  private static final int LATE_SPREAD_MICROS = 10_000;

  private final Random random;
  private final boolean even;

  private Jitter(Random random, boolean even) {
    this.random = random;
    this.even = even;
  }

  /** As measured. */
  static Jitter measured(long seed) {
    return new Jitter(new Random(seed), false);
  }

  /** None at all. */
  static Jitter none() {
    return new Jitter(new Random(0), true);
  }

  /** How late the next chunk is. */
  long nextNanos() {
    if (even) {
      return 0;
    }
    return random.nextInt(ONE_LATE_IN) == 0
        ? (LATE_MICROS + random.nextInt(LATE_SPREAD_MICROS)) * 1_000L
        : random.nextInt(USUAL_MICROS) * 1_000L;
  }
}
