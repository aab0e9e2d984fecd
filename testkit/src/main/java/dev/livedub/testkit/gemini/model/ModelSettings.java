package dev.livedub.testkit.gemini.model;

import dev.livedub.testkit.gemini.voice.MarkedSpeech;
import java.time.Duration;

/**
 * How the interpreter works.
 *
 * @param lag from a sentence's onset to that of its translation
 * @param earlier by how much less than that it may be
 * @param later by how much more
 * @param stretch how long a translation is, in lengths of its source
 * @param leadIn input before the first output
 * @param sourceLanguage tag of the language that the source is taken to be in
 * @param handleEvery input from one handle to the next
 */
public record ModelSettings(
    Duration lag,
    Duration earlier,
    Duration later,
    double stretch,
    Duration leadIn,
    String sourceLanguage,
    Duration handleEvery) {

  /** As measured on the real service, but for the lag. */
  public static final Duration USUALLY_EARLIER = Duration.ofMillis(100);

  /** As measured on the real service, but for the lag. */
  public static final Duration USUALLY_LATER = Duration.ofMillis(400);

  /** A translation is said a little slower than its original. */
  public static final double USUAL_STRETCH = 1.06;

  public ModelSettings {
    if (lag.toMillis() < 1_500 || lag.toMillis() > 60_000) {
      throw new IllegalArgumentException("lag " + lag);
    }
    if (earlier.isNegative()
        || later.isNegative()
        || earlier.plus(later).isZero()
        || lag.minus(earlier).toMillis() < 1_000) {
      throw new IllegalArgumentException("lag " + lag + " −" + earlier + " +" + later);
    }
    if (!(stretch >= 0.5 && stretch <= 2)) {
      throw new IllegalArgumentException("stretch " + stretch);
    }
    if (leadIn.isNegative() || handleEvery.toMillis() < 100) {
      throw new IllegalArgumentException("leadIn " + leadIn + ", handleEvery " + handleEvery);
    }
  }

  /** How long a syllable of a translation sounds. */
  public int syllableMillis() {
    return (int) Math.round(MarkedSpeech.SYLLABLE_MILLIS * stretch);
  }
}
