package dev.livedub.gemini.keeper;

import org.jspecify.annotations.Nullable;

/**
 * Finds the moment at which speech goes to the next session instead of the old one: a pause of the
 * speaker, or, if none comes in time, the quietest 100 ms that can be found.
 *
 * <p>The cut is made on the source's side: the old session hears all before it, the new one all
 * after it, so nothing is lost and nothing repeated whatever the two make of it.
 *
 * <p><b>Threading:</b> one thread.
 */
final class HandOver {

  /** A pause of the speaker: 300 ms without speech. */
  static final int PAUSE_CHUNKS = 3;

  /** Before the deadline the level at which to cut is raised for so long. */
  static final long SETTLING_NANOS = 3_000_000_000L;

  /** By how much it is raised above the quietest found so far. */
  static final double SETTLING_DB = 10;

  /** What the old session is left, at least, to say its last words before the service ends it. */
  static final long DRAIN_NANOS = 6_000_000_000L;

  private final RotationSettings settings;
  private @Nullable RotationCause cause;
  private String reason = "";
  private long deadlineNanos;
  private double quietestDbfs = Double.POSITIVE_INFINITY;

  HandOver(RotationSettings settings) {
    this.settings = settings;
  }

  /**
   * Asks for a hand-over; if one is under way already, only brings its deadline forward.
   *
   * @param endsNanos when the old session may be ended by the service
   */
  void want(RotationCause newCause, String newReason, long nowNanos, long endsNanos) {
    long patientNanos = nowNanos + settings.warmUp().toNanos() + settings.pauseWait().toNanos();
    long deadline = Math.min(patientNanos, endsNanos - DRAIN_NANOS);
    if (cause == null) {
      cause = newCause;
      reason = newReason;
      deadlineNanos = deadline;
      quietestDbfs = Double.POSITIVE_INFINITY;
    } else {
      deadlineNanos = Math.min(deadlineNanos, deadline);
    }
  }

  boolean isWanted() {
    return cause != null;
  }

  /** Why; PLANNED if none was wanted. */
  RotationCause cause() {
    return cause == null ? RotationCause.PLANNED : cause;
  }

  String reason() {
    return reason;
  }

  /** It is done, or nothing came of it. */
  void reset() {
    cause = null;
    quietestDbfs = Double.POSITIVE_INFINITY;
  }

  /**
   * Whether the next session is to hear this chunk, the newest, as its first.
   *
   * @param pauseChunks how many chunks without speech end with it
   * @param nextLiveNanos since when the next session is live
   */
  boolean cutsBefore(SourceChunk chunk, int pauseChunks, long nextLiveNanos, long nowNanos) {
    quietestDbfs = Math.min(quietestDbfs, chunk.levelDbfs());
    if (!mayCut(nextLiveNanos, nowNanos)) {
      return false;
    }
    long leftNanos = deadlineNanos - nowNanos;
    if (pauseChunks >= PAUSE_CHUNKS || leftNanos <= 0) {
      return true;
    }
    double raisedDb = SETTLING_DB * (1 - (double) leftNanos / SETTLING_NANOS);
    return raisedDb >= 0 && chunk.levelDbfs() <= quietestDbfs + raisedDb;
  }

  /** Whether the cut may be made now where no source comes at all. */
  boolean mayCut(long nextLiveNanos, long nowNanos) {
    return cause != null
        && (nowNanos - nextLiveNanos >= settings.warmUp().toNanos()
            || nowNanos - deadlineNanos >= 0);
  }
}
