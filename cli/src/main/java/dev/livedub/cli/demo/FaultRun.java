package dev.livedub.cli.demo;

/**
 * A fault that happened. Times are {@link System#nanoTime()}.
 *
 * @param atNanos when it was made
 * @param noticedSeconds how long it took until the orchestrator said so; NaN if it had not to, or
 *     did not
 * @param returnNanos when what was broken was mended
 * @param overNanos when what follows the mending was there again
 * @param proof what shows that it happened; empty if nothing does
 * @param fromClipMicros media time of the clip from which its traces may be heard
 * @param toClipMicros media time of the clip to which they may be
 */
record FaultRun(
    DemoFault fault,
    long atNanos,
    double noticedSeconds,
    long returnNanos,
    long overNanos,
    String proof,
    long fromClipMicros,
    long toClipMicros) {

  /** Whether something of the clip may bear its traces. */
  boolean touches(long clipMicros) {
    return clipMicros >= fromClipMicros && clipMicros <= toClipMicros;
  }

  /** Whether it happened and passed. */
  boolean isOver() {
    return !proof.isEmpty() && overNanos > atNanos;
  }
}
