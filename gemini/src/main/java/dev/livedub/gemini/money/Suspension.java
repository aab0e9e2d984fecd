package dev.livedub.gemini.money;

import java.time.Duration;
import java.util.Optional;

/**
 * Says when there has been nothing to translate for so long that sessions are closed, and when
 * there is again. Off unless a time is given.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class Suspension {

  /** Speech among the last chunks that ends it: a click is not a word. */
  static final int CHUNKS_TO_WAKE = 2;

  private static final int CHUNKS_LOOKED_AT = 5;

  private final Optional<Duration> after;
  private long quietSinceNanos;
  private int recent;
  private boolean suspended;
  private long suspendedAtNanos;
  private long suspendedNanos;

  /**
   * @param after quiet after which sessions are closed; empty for never
   */
  public Suspension(Optional<Duration> after, long nowNanos) {
    this.after = after;
    this.quietSinceNanos = nowNanos;
  }

  /** Notes 100 ms of source. Returns whether it ends a suspension. */
  public boolean heard(boolean speech, long nowNanos) {
    recent = (recent << 1 | (speech ? 1 : 0)) & ((1 << CHUNKS_LOOKED_AT) - 1);
    if (speech) {
      quietSinceNanos = nowNanos;
    }
    if (suspended && Integer.bitCount(recent) >= CHUNKS_TO_WAKE) {
      suspended = false;
      suspendedNanos += nowNanos - suspendedAtNanos;
      return true;
    }
    return false;
  }

  /** Whether the quiet has just lasted long enough; begins the suspension. */
  public boolean begins(long nowNanos) {
    if (suspended || after.isEmpty() || nowNanos - quietSinceNanos < after.get().toNanos()) {
      return false;
    }
    suspended = true;
    suspendedAtNanos = nowNanos;
    return true;
  }

  /** Whether sessions are closed for want of speech. */
  public boolean isSuspended() {
    return suspended;
  }

  /** How long, all in all. */
  public Duration total(long nowNanos) {
    return Duration.ofNanos(suspendedNanos + (suspended ? nowNanos - suspendedAtNanos : 0));
  }
}
