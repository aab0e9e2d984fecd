package dev.livedub.core.timeline;

import dev.livedub.core.time.Samples;

/**
 * Tells a re-synchronisation of the sound's clock from sound that is missing or comes twice.
 *
 * <p>A receiver of RTP that joins before the first RTCP sender report (RFC 3550, 6.4.1) can only
 * guess how sound and picture belong together. When the report comes, the sound's timestamps step,
 * while its packets go on arriving as before. Everything since the connection began was then laid
 * in the wrong place by that step.
 *
 * <p><b>Threading:</b> none; one owner.
 */
public final class ResyncDetector {

  /** Reports come every 5 s; a first one that is later than this is not waited for. */
  static final long WATCH_NANOS = 15_000_000_000L;

  /** A smaller step is jitter, which the aligner works off: 15 ms. */
  static final long MIN_STEP_SAMPLES = 15 * Samples.RATE_HZ / 1000;

  /** A larger step is not a guess put right: 1 s. */
  static final long MAX_STEP_SAMPLES = Samples.RATE_HZ;

  private long connectedNanos = MediaTimes.UNSET_MICROS;
  private long lastArrivalNanos;

  /**
   * A connection begins.
   *
   * @param guesses whether its timestamps may be guesses at first
   */
  public void connected(boolean guesses, long nowNanos) {
    connectedNanos = guesses ? nowNanos : MediaTimes.UNSET_MICROS;
    lastArrivalNanos = nowNanos;
  }

  /**
   * Whether a block that lies {@code stepSamples} off the end of the one before tells of a
   * re-synchronisation. Called for every block.
   */
  public boolean isResync(long stepSamples, long arrivalNanos) {
    long sinceLastNanos = arrivalNanos - lastArrivalNanos;
    lastArrivalNanos = arrivalNanos;
    boolean watching =
        connectedNanos != MediaTimes.UNSET_MICROS && arrivalNanos - connectedNanos < WATCH_NANOS;
    long size = Math.abs(stepSamples);
    if (!watching || size < MIN_STEP_SAMPLES || size > MAX_STEP_SAMPLES) {
      return false;
    }
    long stepNanos = size * 1_000_000_000L / Samples.RATE_HZ;
    return stepSamples < 0 || sinceLastNanos < stepNanos / 2;
  }
}
