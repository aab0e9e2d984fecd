package dev.livedub.core.mix;

/**
 * Keeps peaks of a mix at −1 dBFS: gain falls within a block of about a millisecond, rises again
 * over 100 ms. What a block's first samples exceed meanwhile is clipped.
 *
 * <p><b>Threading:</b> one thread.
 */
final class PeakLimiter {

  /** −1 dBFS. */
  static final int CEILING = (int) (32_768 * 0.891_250_9);

  private static final float RELEASE_PER_SAMPLE = 1f / 4_800;

  private float gain = 1;

  boolean isIdle() {
    return gain == 1;
  }

  /** Scales the first {@code count} values, which belong to {@code count / 2} stereo frames. */
  void apply(float[] interleaved, int count) {
    float peak = 0;
    for (int i = 0; i < count; i++) {
      peak = Math.max(peak, Math.abs(interleaved[i]));
    }
    float allowed = peak > CEILING ? CEILING / peak : 1;
    float from = gain;
    gain = Math.min(allowed, Math.min(1, gain + RELEASE_PER_SAMPLE * count / 2));
    if (from == 1 && gain == 1) {
      return;
    }
    float step = (gain - from) / count;
    for (int i = 0; i < count; i++) {
      float limited = interleaved[i] * (from + step * (i + 1));
      interleaved[i] = Math.max(-CEILING, Math.min(CEILING, limited));
    }
  }
}
