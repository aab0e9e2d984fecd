package dev.livedub.gemini.keeper;

import dev.livedub.core.translate.TranslatorEvent.SourceKept;
import java.util.Optional;

/**
 * Follows where the speaker already speaks the target language, so that the service rightly says
 * nothing, and says when that has gone on for so long that it should be doubted: the service may
 * have latched on a language that is not spoken.
 *
 * <p><b>Threading:</b> one thread.
 */
final class TargetSpeech {

  /** First doubt; the next ones come after twice as long each. */
  static final long FIRST_DOUBT_NANOS = 60_000_000_000L;

  /** Longest between doubts: a quarter of an hour. */
  static final long LAST_DOUBT_NANOS = 900_000_000_000L;

  /** How far back one fragment of text reaches: they come about once a second, a little late. */
  static final long REACH_MICROS = 3_000_000;

  private long textMicros = Long.MIN_VALUE;
  private long keptToMicros = Long.MIN_VALUE;
  private long sinceNanos;
  private long doubtNanos = FIRST_DOUBT_NANOS;
  private boolean speaking;

  /**
   * Notes a fragment of source text whose language is known.
   *
   * @param startMicros start of the source sent to the session
   * @param sentMicros end of the source sent to the session
   * @return the span that needs no translation, if there is a new one
   */
  Optional<SourceKept> text(
      boolean inTargetLanguage, long startMicros, long sentMicros, long nowNanos) {
    long from = Math.max(Math.max(textMicros, keptToMicros), sentMicros - REACH_MICROS);
    textMicros = sentMicros;
    if (!inTargetLanguage) {
      speaking = false;
      doubtNanos = FIRST_DOUBT_NANOS;
      return Optional.empty();
    }
    if (!speaking) {
      speaking = true;
      sinceNanos = nowNanos;
    }
    from = Math.max(from, startMicros);
    if (from >= sentMicros) {
      return Optional.empty();
    }
    keptToMicros = sentMicros;
    return Optional.of(new SourceKept(from, sentMicros));
  }

  /** Whether it is time to ask a fresh session for its opinion. */
  boolean isDoubtful(long nowNanos) {
    if (!speaking || nowNanos - sinceNanos < doubtNanos) {
      return false;
    }
    sinceNanos = nowNanos;
    doubtNanos = Math.min(2 * doubtNanos, LAST_DOUBT_NANOS);
    return true;
  }
}
