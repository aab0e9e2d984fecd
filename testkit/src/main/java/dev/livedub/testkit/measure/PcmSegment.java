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

  /**
   * The same sound without a narrow band around a frequency (a notch by the cookbook of R.
   * Bristow-Johnson, Q = 5): what lies more than half an octave away stays as it is.
   */
  public PcmSegment without(double frequencyHz) {
    double turn = 2 * Math.PI * frequencyHz / sampleRateHz;
    double alpha = Math.sin(turn) / 10;
    double scale = 1 / (1 + alpha);
    double swing = -2 * Math.cos(turn) * scale;
    double pole = (1 - alpha) * scale;
    float[] filtered = new float[samples.length];
    double in1 = 0;
    double in2 = 0;
    double out1 = 0;
    double out2 = 0;
    for (int i = 0; i < samples.length; i++) {
      double in = samples[i];
      double out = scale * (in + in2) + swing * (in1 - out1) - pole * out2;
      in2 = in1;
      in1 = in;
      out2 = out1;
      out1 = out;
      filtered[i] = (float) out;
    }
    return new PcmSegment(startMicros, sampleRateHz, filtered, longestZeroRun);
  }

  /**
   * The same sound without what lies below a frequency: a Butterworth high-pass of the eighth order
   * (four sections by the cookbook of R. Bristow-Johnson), 48 dB down an octave below. It delays
   * what passes by less than 0.2 ms.
   */
  PcmSegment above(double frequencyHz) {
    float[] filtered = samples.clone();
    for (int section = 0; section < 4; section++) {
      double q = 1 / (2 * Math.cos(Math.PI * (2 * section + 1) / 16));
      highPass(filtered, 2 * Math.PI * frequencyHz / sampleRateHz, q);
    }
    return new PcmSegment(startMicros, sampleRateHz, filtered, longestZeroRun);
  }

  private static void highPass(float[] sound, double turn, double q) {
    double alpha = Math.sin(turn) / (2 * q);
    double a0 = 1 + alpha;
    double a1 = -2 * Math.cos(turn) / a0;
    double a2 = (1 - alpha) / a0;
    double gain = (1 + Math.cos(turn)) / 2 / a0;
    double state1 = 0;
    double state2 = 0;
    for (int i = 0; i < sound.length; i++) {
      double in = sound[i];
      double out = gain * in + state1;
      state1 = -2 * gain * in - a1 * out + state2;
      state2 = gain * in - a2 * out;
      sound[i] = (float) out;
    }
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
