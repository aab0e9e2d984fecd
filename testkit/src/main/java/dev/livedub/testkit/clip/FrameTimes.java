package dev.livedub.testkit.clip;

import java.util.Arrays;
import java.util.Random;

/** The times of successive pictures in the order shown. Not for use by several threads. */
final class FrameTimes {
  private static final double VARIABLE_SHARE_MIN = 0.4;

  private final FrameRate rate;
  private final long seed;
  private long index;
  private long second;
  private long[] ofSecond = new long[0];
  private int at;

  FrameTimes(FrameRate rate, long startTicks, long seed) {
    this.rate = rate;
    this.seed = seed;
    index = rate.indexAtOrAfter(startTicks);
    second = startTicks / FrameRate.CLOCK_HZ;
    while (rate.variable() && next() < startTicks) {
      continue;
    }
    at = Math.max(0, at - 1);
  }

  /** The time of the next picture on the 90 kHz clock; always later than the one before. */
  long next() {
    if (!rate.variable()) {
      return rate.ticksOf(index++);
    }
    if (at == ofSecond.length) {
      ofSecond = irregular(second++);
      at = 0;
    }
    return ofSecond[at++];
  }

  /**
   * A picture at the full second, and in every following period of the nominal rate either one at
   * some moment of its first half, or none.
   */
  private long[] irregular(long second) {
    Random random = new Random(seed * 31 + second);
    long period = rate.nominalTicks();
    double share = VARIABLE_SHARE_MIN + (1 - VARIABLE_SHARE_MIN) * random.nextDouble();
    long[] times = new long[(int) Math.ceil(rate.perSecond())];
    int count = 0;
    long start = second * FrameRate.CLOCK_HZ;
    for (int i = 0; i < times.length; i++) {
      long shift = 1 + (long) (random.nextDouble() * period / 2);
      boolean kept = random.nextDouble() < share;
      if (i == 0) {
        times[count++] = start;
      } else if (kept) {
        times[count++] = start + i * period + shift;
      }
    }
    return Arrays.copyOf(times, count);
  }
}
