package dev.livedub.testkit.gemini.model;

import java.util.Random;

/**
 * Decides when each syllable's translation begins: a sentence comes one lag late, is said slower
 * than its original, and never begins before the one before it has ended and a breath has passed.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class Interpreter {

  /** Syllables further apart than this belong to different utterances. */
  static final long PAUSE_MICROS = 750_000;

  /** Between two syllables there is at least this. */
  static final long LEAST_GAP_MICROS = 40_000;

  /** Between two sentences there is at least this: a voice breathes. */
  static final long LEAST_BREATH_MICROS = 250_000;

  private static final double MINUTE_MICROS = 60e6;

  private final long leastLagMicros;
  private final int spreadMicros;
  private final double stretch;
  private final long syllableMicros;
  private final Random random;
  private long utterance;
  private long utteranceInMicros;
  private long utteranceOutMicros;
  private long lastInMicros = Long.MIN_VALUE / 2;
  private long lastOutMicros = Long.MIN_VALUE / 2;
  private double growthMillisPerMinute;
  private long growthFromMicros;

  Interpreter(ModelSettings settings, Random random) {
    leastLagMicros = settings.lag().minus(settings.earlier()).toNanos() / 1_000;
    spreadMicros = Math.toIntExact(settings.earlier().plus(settings.later()).toNanos() / 1_000);
    stretch = settings.stretch();
    syllableMicros = settings.syllableMillis() * 1_000L;
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
    boolean begins = inMicros - lastInMicros > PAUSE_MICROS;
    if (begins) {
      utterance++;
      utteranceInMicros = inMicros;
      utteranceOutMicros =
          inMicros + leastLagMicros + random.nextInt(spreadMicros) + growth(inMicros);
    }
    long sinceMicros = Math.round((inMicros - utteranceInMicros) * stretch);
    long outMicros =
        Math.max(
            utteranceOutMicros + sinceMicros,
            lastOutMicros + syllableMicros + (begins ? LEAST_BREATH_MICROS : LEAST_GAP_MICROS));
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
