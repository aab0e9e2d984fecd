package dev.livedub.testkit.gemini.model;

import java.time.Duration;

/**
 * How the interpreter works.
 *
 * @param lag from a sentence's onset to that of its translation; each has up to 0.1 s less and up
 *     to 0.4 s more
 * @param leadIn input before the first output
 * @param sourceLanguage tag of the language that the source is taken to be in
 * @param handleEvery input from one handle to the next
 */
public record ModelSettings(
    Duration lag, Duration leadIn, String sourceLanguage, Duration handleEvery) {

  public ModelSettings {
    if (lag.toMillis() < 1_500 || lag.toMillis() > 60_000) {
      throw new IllegalArgumentException("lag " + lag);
    }
    if (leadIn.isNegative() || handleEvery.toMillis() < 100) {
      throw new IllegalArgumentException("leadIn " + leadIn + ", handleEvery " + handleEvery);
    }
  }
}
