package dev.livedub.core.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: doubling from a first to a longest, each shortened at random by up to a
 * half, so that many workers do not knock at the same moment.
 *
 * <p><b>Threading:</b> none; one owner.
 */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int attempts;

  /** A back-off before its first attempt. */
  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** How long to wait before the next attempt. */
  public Duration next() {
    double doubled = first.toNanos() * Math.pow(2, Math.min(attempts++, 30));
    double capped = Math.min(doubled, longest.toNanos());
    return Duration.ofNanos((long) (capped * (1 - random.nextDouble() / 2)));
  }

  /** Forgets past attempts: one succeeded. */
  public void reset() {
    attempts = 0;
  }
}
