package dev.livedub.gemini.keeper;

/**
 * How late the service answers, as last known: from speech sent to its translation. It outlasts the
 * sessions it was measured in, as a service that lags far goes on to do so in the next one.
 *
 * <p>A growing lag is followed as it grows, a shrinking one slowly: waiting too long for last words
 * costs a moment, waiting too short costs the words.
 *
 * <p><b>Threading:</b> the keeper's thread.
 */
final class AnswerLag {

  /** Until it is known: 3.3 s, as measured on the real service. */
  static final long USUAL_NANOS = SentTrack.LAG_CHUNKS * 100_000_000L;

  /** What is longer is not believed: 20 s. */
  static final long LONGEST_NANOS = 20_000_000_000L;

  /** From the usual to what is more than one utterance's chance: 2 s. */
  static final long UNUSUAL_NANOS = USUAL_NANOS + 2_000_000_000L;

  /** Of one answer no more is believed than this beyond what was known: 2 s. */
  static final long MOST_STEP_NANOS = 2_000_000_000L;

  private long nanos = USUAL_NANOS;

  /** An answer took so long. */
  void measured(long tookNanos) {
    long believedNanos = Math.min(tookNanos, nanos + MOST_STEP_NANOS);
    nanos = Math.min(LONGEST_NANOS, Math.max(believedNanos, (3 * nanos + believedNanos) / 4));
  }

  /** How long an answer takes. */
  long nanos() {
    return nanos;
  }

  /** Whether answers come so late that the next one answers something before what was said last. */
  boolean isUnusual() {
    return nanos > UNUSUAL_NANOS;
  }
}
