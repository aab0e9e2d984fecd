package dev.livedub.core.pcm;

/**
 * Designs linear-phase low-pass filters by windowing the ideal response with a Kaiser window
 * (Oppenheim and Schafer, Discrete-Time Signal Processing, section 7.5).
 */
final class KaiserLowPass {

  private KaiserLowPass() {}

  /**
   * One half of a symmetric filter of {@code 2 * half + 1} taps.
   *
   * @param half taps on each side of the centre
   * @param cutoff −6 dB point in cycles per sample, below 0.5
   * @param beta shape of the window; 7 gives about 70 dB of stop band
   * @return tap 0 is the centre, tap {@code k} belongs to distance {@code k}; gain 1 at 0 Hz
   */
  static float[] design(int half, double cutoff, double beta) {
    double[] taps = new double[half + 1];
    double sum = 0;
    for (int k = 0; k <= half; k++) {
      taps[k] = 2 * cutoff * sinc(2 * cutoff * k) * window(k, half + 1, beta);
      sum += k == 0 ? taps[k] : 2 * taps[k];
    }
    float[] normalised = new float[half + 1];
    for (int k = 0; k <= half; k++) {
      normalised[k] = (float) (taps[k] / sum);
    }
    return normalised;
  }

  static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  static double window(double distance, double reach, double beta) {
    double ratio = distance / reach;
    return besselI0(beta * Math.sqrt(Math.max(0, 1 - ratio * ratio))) / besselI0(beta);
  }

  private static double besselI0(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-12; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
