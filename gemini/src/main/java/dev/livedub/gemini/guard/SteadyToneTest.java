package dev.livedub.gemini.guard;

/**
 * Finds a loud steady sound. A voice changes its level by many decibels several times a second and
 * its zero crossings with every sound it makes; a tone or a hum that got stuck does neither.
 *
 * <p><b>Threading:</b> one thread.
 */
final class SteadyToneTest {

  /** How long it has to be steady: two seconds, longer than any vowel is held. */
  static final int WINDOW_FRAMES = 100;

  /** Quieter than this it does no harm: −45 dBFS. */
  static final double QUIETEST_DBFS = -45;

  /** Standard deviation of the level that a voice always exceeds. */
  static final double STEADY_DB = 1.5;

  /** Standard deviation of the zero crossings, as a share of their mean. */
  static final double STEADY_CROSSINGS = 0.15;

  /** Judged once in so many frames: 200 ms. */
  private static final int STEP_FRAMES = 10;

  private final double[] levels = new double[WINDOW_FRAMES];
  private final double[] crossings = new double[WINDOW_FRAMES];
  private long frames;

  /** Whether the last two seconds, this frame included, are one steady loud sound. */
  boolean fails(short[] frame, double levelDbfs) {
    int slot = (int) (frames++ % WINDOW_FRAMES);
    levels[slot] = levelDbfs;
    crossings[slot] = crossingsOf(frame);
    if (frames < WINDOW_FRAMES || frames % STEP_FRAMES != 0) {
      return false;
    }
    return mean(levels) > QUIETEST_DBFS
        && deviation(levels) < STEADY_DB
        && deviation(crossings) < STEADY_CROSSINGS * Math.max(1, mean(crossings));
  }

  private static int crossingsOf(short[] frame) {
    int count = 0;
    for (int i = 1; i < frame.length; i++) {
      if (frame[i - 1] < 0 != frame[i] < 0) {
        count++;
      }
    }
    return count;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }
}
