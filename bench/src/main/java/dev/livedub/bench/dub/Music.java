package dev.livedub.bench.dub;

/** Music of a kind: a chord that changes every two seconds, a bass note on every beat of 0.5 s. */
final class Music {

  private static final int RATE_HZ = VirtualDub.RATE_HZ;
  private static final double[][] CHORDS_HZ = {
    {220, 261.6, 329.6}, {174.6, 220, 261.6}, {196, 246.9, 293.7}, {164.8, 207.7, 246.9}
  };

  private Music() {}

  /** The sample of a number; its RMS is about 1. */
  static double at(long sample) {
    double seconds = (double) sample / RATE_HZ;
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
