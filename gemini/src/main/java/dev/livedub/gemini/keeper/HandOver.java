package dev.livedub.gemini.keeper;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the moment at which speech goes to the next session instead of the old one: a pause of the
 * speaker, or, if none comes in time, the quietest 100 ms there are at the time.
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

  /** By how much it is raised above the quietest of late. */
  static final double SETTLING_DB = 10;

  /** That is, of the last 2 s: a quieter moment that is long over says nothing of the next. */
  static final int QUIETEST_OF_CHUNKS = 20;

  /** So long after the deadline it is cut wherever that may be. */
  static final long OVERTIME_NANOS = 1_000_000_000L;

  /** What the old session is left, at least, to say its last words before the service ends it. */
  static final long DRAIN_NANOS = 6_000_000_000L;

  private final RotationSettings settings;
  private @Nullable RotationCause cause;
  private String reason = "";
  private long deadlineNanos;
  private final double[] lateDbfs = new double[QUIETEST_OF_CHUNKS];
  private int heardChunks;

  HandOver(RotationSettings settings) {
    this.settings = settings;
    forgetLevels();
  }

  private void forgetLevels() {
    Arrays.fill(lateDbfs, Double.POSITIVE_INFINITY);
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
      forgetLevels();
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
    forgetLevels();
  }

  /**
   * Whether the next session is to hear this chunk, the newest, as its first.
   *
   * @param pauseChunks how many chunks without speech end with it
   * @param nextLiveNanos since when the next session is live
   */
  boolean cutsBefore(SourceChunk chunk, int pauseChunks, long nextLiveNanos, long nowNanos) {
    lateDbfs[heardChunks++ % QUIETEST_OF_CHUNKS] = chunk.levelDbfs();
    if (!mayCut(nextLiveNanos, nowNanos)) {
      return false;
    }
    long leftNanos = deadlineNanos - nowNanos;
    if (pauseChunks >= PAUSE_CHUNKS || leftNanos <= -OVERTIME_NANOS) {
      return true;
    }
    double raisedDb = SETTLING_DB * (1 - (double) leftNanos / SETTLING_NANOS);
    double quietestDbfs = Arrays.stream(lateDbfs).min().orElseThrow();
    return raisedDb >= 0 && chunk.levelDbfs() <= quietestDbfs + raisedDb;
  }

  /** Whether the cut may be made now where no source comes at all. */
  boolean mayCut(long nextLiveNanos, long nowNanos) {
    return cause != null
        && (nowNanos - nextLiveNanos >= settings.warmUp().toNanos()
            || nowNanos - deadlineNanos >= 0);
  }
}
