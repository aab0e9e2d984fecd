package dev.livedub.bench;

/**
 * Counts what a viewer of one stream would miss: sound frames that never came, and such that came
 * later than a player's buffer lasts.
 *
 * <p><b>Threading:</b> one thread.
 */
final class SoundTally {

  /**
   * What was counted.
   *
   * @param missing frames that the timestamps leave room for and that never came
   * @param late frames later than {@link #BUFFER_MILLIS}
   * @param latestMillis how late the latest was
   */
  record Counts(long frames, long missing, long late, double latestMillis) {

    /** Both together. */
    Counts plus(Counts other) {
      return new Counts(
          frames + other.frames,
          missing + other.missing,
          late + other.late,
          Math.max(latestMillis, other.latestMillis));
    }
  }

  /** A player's buffer: a frame later than this against the stream's own pace is an underrun. */
  static final double BUFFER_MILLIS = 500;

  private static final double FRAME_MILLIS = 1024 / 48.0;

  private long frames;
  private long missing;
  private long late;
  private double latestMillis;
  private double lastTimestampMillis;
  private double earliestOffsetMillis;

  /** Takes the next frame of 1,024 samples at 48 kHz. */
  void add(double timestampMillis, long arrivalNanos) {
    double offsetMillis = arrivalNanos / 1e6 - timestampMillis;
    if (frames == 0) {
      earliestOffsetMillis = offsetMillis;
    } else {
      missing +=
          Math.max(0, Math.round((timestampMillis - lastTimestampMillis) / FRAME_MILLIS) - 1);
    }
    earliestOffsetMillis = Math.min(earliestOffsetMillis, offsetMillis);
    double lateMillis = offsetMillis - earliestOffsetMillis;
    latestMillis = Math.max(latestMillis, lateMillis);
    if (lateMillis > BUFFER_MILLIS) {
      late++;
    }
    lastTimestampMillis = timestampMillis;
    frames++;
  }

  /** What was counted so far. */
  Counts counts() {
    return new Counts(frames, missing, late, latestMillis);
  }
}
