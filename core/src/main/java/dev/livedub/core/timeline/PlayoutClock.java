package dev.livedub.core.timeline;

import java.time.Duration;

/**
 * When a moment of the output timeline goes on air: {@code anchor + time + D}, where {@code D} may
 * change slowly over time ({@link DelayRamp}).
 *
 * <p>The anchor is where output time 0 lies on this machine's clock. It is taken from the packets
 * that came with the least delay, over a sliding window, so that network jitter is smoothed by the
 * playout delay while the drift of the source's clock against ours is followed: a decrease at once
 * (a packet cannot be early), an increase slowly.
 *
 * <p><b>Threading:</b> {@link #observe} and {@link #restart} belong to the demux thread, {@link
 * #follow} to the playout thread; the rest may be called by any.
 */
public final class PlayoutClock {

  /** The anchor is the minimum over the last one to two of these. */
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  /**
   * Fastest increase of the anchor: 1 % of real time, far above any quartz, invisible to viewers.
   */
  private static final double MAX_SLEW = 0.01;

  private volatile DelayRamp ramp;
  private volatile long delayNanos;
  private volatile boolean anchored;
  private volatile long anchorNanos;
  private long windowStartNanos;
  private long previousMinNanos;
  private long currentMinNanos;
  private long lastObservationNanos;

  /** A clock that waits for its first observation. */
  public PlayoutClock(Duration delay) {
    this.ramp = DelayRamp.constant(delay);
    this.delayNanos = delay.toNanos();
  }

  /**
   * From now on the delay is that.
   *
   * @param airMicros output time that is on air
   */
  public void follow(DelayRamp newRamp, long airMicros) {
    ramp = newRamp;
    delayNanos = newRamp.at(airMicros) * 1_000;
  }

  /** The playout delay {@code D} of what is on air, in nanoseconds. */
  public long delayNanos() {
    return delayNanos;
  }

  /** Whether anything has been observed, so that due times mean something. */
  public boolean isAnchored() {
    return anchored;
  }

  /** Takes note that media of an output time arrived at a moment of {@code System.nanoTime()}. */
  public void observe(long outMicros, long arrivalNanos) {
    long candidateNanos = arrivalNanos - outMicros * 1_000;
    if (!anchored) {
      anchorNanos = candidateNanos;
      anchored = true;
      openWindow(candidateNanos, arrivalNanos);
      previousMinNanos = candidateNanos;
      return;
    }
    currentMinNanos = Math.min(currentMinNanos, candidateNanos);
    long minNanos = Math.min(previousMinNanos, currentMinNanos);
    long mayRiseNanos = (long) ((arrivalNanos - lastObservationNanos) * MAX_SLEW);
    anchorNanos = Math.min(minNanos, anchorNanos + Math.max(0, mayRiseNanos));
    lastObservationNanos = arrivalNanos;
    if (arrivalNanos - windowStartNanos > WINDOW_NANOS) {
      previousMinNanos = currentMinNanos;
      openWindow(candidateNanos, arrivalNanos);
    }
  }

  /**
   * Forgets the past window: the input was broken, and what arrives from now on tells where the
   * anchor lies. The anchor itself stays until then, so that output time goes on.
   */
  public void restart(long outMicros, long arrivalNanos) {
    long candidateNanos = arrivalNanos - outMicros * 1_000;
    openWindow(candidateNanos, arrivalNanos);
    previousMinNanos = candidateNanos;
  }

  private void openWindow(long candidateNanos, long arrivalNanos) {
    currentMinNanos = candidateNanos;
    windowStartNanos = arrivalNanos;
    lastObservationNanos = arrivalNanos;
  }

  /** The moment of {@code System.nanoTime()} at which an output time goes on air. */
  public long dueNanos(long outMicros) {
    return anchorNanos + (outMicros + ramp.at(outMicros)) * 1_000;
  }

  /** The output time that media arriving now would have, in µs. */
  public long liveMicros(long nowNanos) {
    return Math.floorDiv(nowNanos - anchorNanos, 1_000);
  }
}
