package dev.livedub.core.time;

/** Conversions between microseconds and samples at the worker's own rate. */
public final class Samples {

  /** Sample rate of all PCM inside a worker. */
  public static final int RATE_HZ = 48_000;

  private Samples() {}

  /** The sample nearest to a time on the output timeline. */
  public static long atMicros(long micros) {
    return Math.floorDiv(Math.addExact(Math.multiplyExact(micros, 6L), 62L), 125L);
  }

  /** The time at which a sample begins, rounded down to a microsecond. */
  public static long toMicros(long samples) {
    return Math.floorDiv(Math.multiplyExact(samples, 125L), 6L);
  }
}
