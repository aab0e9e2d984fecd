package dev.livedub.core.timeline;

import java.time.Duration;

/**
 * The playout delay over output time: constant, then on its way to another length, then constant.
 *
 * <p>What is on the way goes on air a little slower or faster than real time; timestamps are not
 * touched. Receivers take it for a source whose clock is off.
 *
 * @param fromMicros output time at which the change begins
 * @param startMicros delay up to there, in µs
 * @param targetMicros delay that it ends with, in µs
 */
public record DelayRamp(long fromMicros, long startMicros, long targetMicros) {

  /**
   * A delay that grows does so by 2 % of output time: 1 s in 50 s, sent at 0.980 times real time.
   */
  public static final double GROWTH = 0.02;

  /** One that shrinks does so by 1 %: 1 s in 100 s, sent at 1.010 times real time. */
  public static final double SHRINKAGE = 0.01;

  /** A delay that does not change. */
  public static DelayRamp constant(Duration delay) {
    long micros = delay.toNanos() / 1_000;
    return new DelayRamp(0, micros, micros);
  }

  /** The delay of what has that output time, in µs. */
  public long at(long outMicros) {
    double passed = Math.max(0, outMicros - fromMicros);
    return targetMicros >= startMicros
        ? Math.min(targetMicros, startMicros + Math.round(GROWTH * passed))
        : Math.max(targetMicros, startMicros - Math.round(SHRINKAGE * passed));
  }

  /** This up to an output time, and from there on to another length. */
  public DelayRamp turnedAt(long outMicros, long newTargetMicros) {
    return newTargetMicros == targetMicros
        ? this
        : new DelayRamp(outMicros, at(outMicros), newTargetMicros);
  }
}
