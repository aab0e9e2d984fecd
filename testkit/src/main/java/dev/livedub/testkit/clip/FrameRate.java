package dev.livedub.testkit.clip;

/**
 * Pictures a second, and where in media time each of them lies on the 90 kHz clock.
 *
 * @param numerator pictures
 * @param denominator seconds
 * @param variable whether pictures come irregularly, with this rate as their upper bound
 */
public record FrameRate(int numerator, int denominator, boolean variable) {

  /** Ticks a second of the clock that picture times are counted in. */
  public static final int CLOCK_HZ = 90_000;

  public FrameRate {
    if (numerator < 1 || denominator < 1 || numerator > 120L * denominator) {
      throw new IllegalArgumentException("frame rate " + numerator + "/" + denominator);
    }
  }

  /** The usual length of a picture, in ticks. */
  public long nominalTicks() {
    return Math.max(1, (long) CLOCK_HZ * denominator / numerator);
  }

  /** Pictures a second. */
  public double perSecond() {
    return (double) numerator / denominator;
  }

  /** Where the {@code index}-th picture of a constant rate lies. */
  long ticksOf(long index) {
    return Math.multiplyExact(index, (long) CLOCK_HZ * denominator) / numerator;
  }

  /** The first picture of a constant rate that lies at {@code ticks} or later. */
  long indexAtOrAfter(long ticks) {
    long index = Math.multiplyExact(ticks, (long) numerator) / ((long) CLOCK_HZ * denominator);
    while (ticksOf(index) < ticks) {
      index++;
    }
    return index;
  }

  /**
   * Where the flash and the beep of a second lie: at the first picture that does not come before
   * it. That is the full second itself for 25 or 50 pictures a second and for a variable rate, and
   * 1.001 s for 30000/1001.
   */
  public long markTicks(long second) {
    long exact = Math.multiplyExact(second, (long) CLOCK_HZ);
    return variable ? exact : ticksOf(indexAtOrAfter(exact));
  }

  /** Whether the picture at {@code ticks} is a flash; the first picture of all is none. */
  public boolean isMark(long ticks) {
    return ticks > 0 && markTicks(ticks / CLOCK_HZ) == ticks && ticks >= CLOCK_HZ;
  }
}
