package dev.livedub.testkit.gemini.model;

import java.util.Random;

/**
 * Decides when each syllable's translation begins: a sentence comes one lag late, is said a little
 * slower than its original, and never begins before the one before it has ended.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class Interpreter {

  /** Syllables further apart than this belong to different utterances. */
  static final long PAUSE_MICROS = 750_000;

  private static final long EARLIER_MICROS = 100_000;
  private static final int SPREAD_MICROS = 500_000;
  private static final double SLOWER = 1.06;
  private static final long LEAST_SPACING_MICROS = 440_000;
  private static final double MINUTE_MICROS = 60e6;

  private final long lagMicros;
  private final Random random;
  private long utterance;
  private long utteranceInMicros;
  private long utteranceOutMicros;
  private long lastInMicros = Long.MIN_VALUE / 2;
  private long lastOutMicros = Long.MIN_VALUE / 2;
  private double growthMillisPerMinute;
  private long growthFromMicros;

  Interpreter(long lagMicros, Random random) {
    this.lagMicros = lagMicros;
    this.random = random;
  }

  /** From {@code fromMicros} on the lag grows. */
  void growLag(double millisPerMinute, long fromMicros) {
    growthMillisPerMinute = millisPerMinute;
    growthFromMicros = fromMicros;
  }

  /** Whether the lag has grown at an input time. */
  boolean isLate(long inMicros) {
    return growthMillis(inMicros) > 0;
  }

  /** The translation of what was understood; onsets ascend. */
  Syllable translate(int number, long inMicros) {
    if (inMicros - lastInMicros > PAUSE_MICROS) {
      utterance++;
      utteranceInMicros = inMicros;
      utteranceOutMicros =
          inMicros + lagMicros - EARLIER_MICROS + random.nextInt(SPREAD_MICROS) + growth(inMicros);
    }
    long sinceMicros = Math.round((inMicros - utteranceInMicros) * SLOWER);
    long outMicros =
        Math.max(utteranceOutMicros + sinceMicros, lastOutMicros + LEAST_SPACING_MICROS);
    lastInMicros = inMicros;
    lastOutMicros = outMicros;
    return new Syllable(number, inMicros, outMicros, utterance);
  }

  private long growth(long inMicros) {
    return Math.round(growthMillis(inMicros) * 1_000);
  }

  private double growthMillis(long inMicros) {
    return Math.max(0, inMicros - growthFromMicros) / MINUTE_MICROS * growthMillisPerMinute;
  }
}
