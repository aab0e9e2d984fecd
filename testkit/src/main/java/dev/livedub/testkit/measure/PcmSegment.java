package dev.livedub.testkit.measure;

import java.util.Locale;

/**
 * An uninterrupted stretch of decoded sound, all channels mixed to one.
 *
 * <p><b>Ownership</b>: the samples are lent; nobody changes them.
 */
public final class PcmSegment {
  private final double startMicros;
  private final int sampleRateHz;
  private final float[] samples;
  private final int longestZeroRun;

  PcmSegment(double startMicros, int sampleRateHz, float[] samples, int longestZeroRun) {
    this.startMicros = startMicros;
    this.sampleRateHz = sampleRateHz;
    this.samples = samples;
    this.longestZeroRun = longestZeroRun;
  }

  /** PTS of the first sample, averaged over the segment, so that rounding cancels out. */
  public double startMicros() {
    return startMicros;
  }

  public int sampleRateHz() {
    return sampleRateHz;
  }

  /** The samples, −1 to 1. */
  public float[] samples() {
    return samples;
  }

  /** The most samples in a row that are zero in every channel: digital silence. */
  public int longestZeroRun() {
    return longestZeroRun;
  }

  /** PTS of a sample. */
  public double microsAt(double sample) {
    return startMicros + sample * 1e6 / sampleRateHz;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.3f s of sound at %.3f s, longest digital silence %.1f ms",
        samples.length / (double) sampleRateHz,
        startMicros / 1e6,
        longestZeroRun * 1e3 / sampleRateHz);
  }
}
