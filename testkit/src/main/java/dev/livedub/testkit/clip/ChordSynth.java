package dev.livedub.testkit.clip;

/**
 * A quiet chord whose tones swell and fade, differently in each channel.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class ChordSynth {
  private static final double LEVEL = 0.012;
  private static final double[] TONES_HZ = {196.0, 246.94, 293.66, 392.0};
  private static final double SLOWEST_SWELL_HZ = 0.11;
  private static final double SWELL_STEP_HZ = 0.07;

  /** How often the swell is looked up; it changes by less than a thousandth in between. */
  private static final int SWELL_SAMPLES = 128;

  private final int sampleRateHz;
  private final double[] cosine = new double[TONES_HZ.length];
  private final double[] sine = new double[TONES_HZ.length];
  private final double[] stepCosine = new double[TONES_HZ.length];
  private final double[] stepSine = new double[TONES_HZ.length];
  private final double[][] gains;
  private long position;

  ChordSynth(int sampleRateHz, int channels) {
    this.sampleRateHz = sampleRateHz;
    gains = new double[channels][TONES_HZ.length];
    for (int i = 0; i < TONES_HZ.length; i++) {
      double turn = 2 * Math.PI * TONES_HZ[i] / sampleRateHz;
      cosine[i] = Math.cos(i);
      sine[i] = Math.sin(i);
      stepCosine[i] = Math.cos(turn);
      stepSine[i] = Math.sin(turn);
    }
  }

  /** Moves on by a sample; called once for each. */
  void advance() {
    if (position++ % SWELL_SAMPLES == 0) {
      swell();
    }
    for (int i = 0; i < sine.length; i++) {
      double next = sine[i] * stepCosine[i] + cosine[i] * stepSine[i];
      cosine[i] = cosine[i] * stepCosine[i] - sine[i] * stepSine[i];
      sine[i] = next;
    }
  }

  /** The present sample of a channel. */
  double at(int channel) {
    double[] gain = gains[channel];
    double sum = 0;
    for (int i = 0; i < sine.length; i++) {
      sum += gain[i] * sine[i];
    }
    return sum;
  }

  private void swell() {
    double seconds = (double) position / sampleRateHz;
    for (int c = 0; c < gains.length; c++) {
      for (int i = 0; i < sine.length; i++) {
        double hz = SLOWEST_SWELL_HZ + SWELL_STEP_HZ * i;
        gains[c][i] = LEVEL * (0.6 + 0.4 * Math.sin(2 * Math.PI * seconds * hz + c));
      }
    }
  }
}
