package dev.livedub.testkit.gemini.voice;

import java.util.Arrays;

/**
 * Levels of a voice's partials in a stretch of sound. Every partial is periodic in 20 ms, so the
 * windowed sound is folded to 20 ms before it is looked at, which costs little.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class SpectrumWindow {

  private final int period;
  private final double[] weights;
  private final double sum;
  private final double[] folded;
  private final double[] cosine;
  private final double[] sine;

  /**
   * A window.
   *
   * @param periods of 20 ms, at least 2
   */
  SpectrumWindow(int sampleRateHz, int periods) {
    period = sampleRateHz / MarkedVoice.GRID_HZ;
    weights = new double[period * periods];
    folded = new double[period];
    cosine = new double[period];
    sine = new double[period];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (1 - Math.cos(2 * Math.PI * (i + 0.5) / weights.length)) / 2;
      total += weights[i];
    }
    sum = total;
    for (int i = 0; i < period; i++) {
      cosine[i] = Math.cos(2 * Math.PI * i / period);
      sine[i] = Math.sin(2 * Math.PI * i / period);
    }
  }

  /** Samples that it takes. */
  int samples() {
    return weights.length;
  }

  /**
   * Looks at {@link #samples} samples from {@code from}; what lies outside the ring is 0.
   *
   * @return their mean square
   */
  double look(SampleRing ring, long from) {
    Arrays.fill(folded, 0);
    double energy = 0;
    for (int i = 0, at = 0; i < weights.length; i++, at++) {
      if (at == period) {
        at = 0;
      }
      double sample = ring.at(from + i);
      energy += sample * sample;
      folded[at] += weights[i] * sample;
    }
    return energy / weights.length;
  }

  /** Mean square of the partial that is this multiple of the grid, in what was looked at. */
  double power(int harmonic) {
    double real = 0;
    double imaginary = 0;
    for (int i = 0, turn = 0; i < period; i++) {
      real += folded[i] * cosine[turn];
      imaginary += folded[i] * sine[turn];
      turn += harmonic;
      if (turn >= period) {
        turn -= period;
      }
    }
    return 2 * (real * real + imaginary * imaginary) / (sum * sum);
  }
}
