package dev.livedub.media.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * A unit of time, {@code numerator / denominator} seconds, and its conversion to microseconds and
 * back, rounded to the nearest.
 */
record TimeBase(int numerator, int denominator) {

  static final TimeBase MICROS = new TimeBase(1, 1_000_000);

  static TimeBase of(AVRational rational) {
    return new TimeBase(rational.num(), rational.den());
  }

  long toMicros(long ticks) {
    return scale(ticks, numerator * 1_000_000L, denominator);
  }

  long fromMicros(long micros) {
    return scale(micros, denominator, numerator * 1_000_000L);
  }

  /** value · by / over, rounded to the nearest, without overflow for any time a stream can have. */
  private static long scale(long value, long by, long over) {
    long whole = Math.floorDiv(value, over);
    long rest = Math.floorMod(value, over);
    return Math.addExact(Math.multiplyExact(whole, by), (rest * by + over / 2) / over);
  }
}
