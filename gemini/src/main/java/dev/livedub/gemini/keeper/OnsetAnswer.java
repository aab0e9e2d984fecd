package dev.livedub.gemini.keeper;

import java.util.OptionalLong;

/**
 * Measures how long a session takes to answer, by onsets: from the first speech after a pause to
 * the first voice after one. All times in ns of one clock.
 *
 * <p><b>Threading:</b> the keeper's thread.
 */
final class OnsetAnswer {

  /** An answer to an onset comes no earlier: what comes earlier answers something before. */
  private static final long SHORTEST_NANOS = 1_000_000_000L;

  private static final long LONGEST_NANOS = 6_000_000_000L;

  /** A voice that goes on then has swallowed the onset it would have been measured by. */
  private static final long MERGED_NANOS = 3_800_000_000L;

  private static final long ONSET_AFTER_QUIET_NANOS = 600_000_000L;

  private OptionalLong onsetNanos = OptionalLong.empty();

  /** Notes that speech is sent, and when the last was. */
  void sent(long lastSpeechNanos, long nowNanos) {
    if (onsetNanos.isEmpty() && nowNanos - lastSpeechNanos >= ONSET_AFTER_QUIET_NANOS) {
      onsetNanos = OptionalLong.of(nowNanos);
    }
  }

  /** Notes that the voice goes on without a pause. */
  void voiceGoesOn(long nowNanos) {
    if (onsetNanos.isPresent() && nowNanos - onsetNanos.getAsLong() > MERGED_NANOS) {
      forget();
    }
  }

  /** Notes that the voice begins after a pause; what the answer took, if it answers an onset. */
  OptionalLong voiceBegins(long nowNanos) {
    if (onsetNanos.isEmpty() || nowNanos - onsetNanos.getAsLong() < SHORTEST_NANOS) {
      return OptionalLong.empty();
    }
    long took = nowNanos - onsetNanos.getAsLong();
    forget();
    return took <= LONGEST_NANOS ? OptionalLong.of(took) : OptionalLong.empty();
  }

  /** Forgets an onset that waits for its answer. */
  void forget() {
    onsetNanos = OptionalLong.empty();
  }
}
