package dev.livedub.testkit.clip;

/** Music of a kind: a chord that changes every two seconds, a bass note on every beat of 0.5 s. */
public final class MusicSynth {

  private static final double[][] CHORDS_HZ = {
    {220, 261.6, 329.6}, {174.6, 220, 261.6}, {196, 246.9, 293.7}, {164.8, 207.7, 246.9}
  };

  private MusicSynth() {}

  /** The sample of a number; the RMS of all is about 1. */
  public static double at(long sample, int sampleRateHz) {
    double seconds = (double) sample / sampleRateHz;
    double[] chord = CHORDS_HZ[(int) (seconds / 2) % CHORDS_HZ.length];
    double sum = 0;
    for (double hz : chord) {
      sum += Math.sin(2 * Math.PI * hz * seconds) + 0.3 * Math.sin(4 * Math.PI * hz * seconds);
    }
    double beat = seconds % 0.5;
    double bass = 1.5 * Math.exp(-6 * beat) * Math.sin(2 * Math.PI * 82.4 * beat);
    return 0.55 * sum + bass;
  }
}
