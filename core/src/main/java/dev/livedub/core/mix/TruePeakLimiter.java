package dev.livedub.core.mix;

import java.util.Arrays;

/**
 * Keeps the true peak of a mix at −1 dBTP: the gain falls in a straight line over the 5 ms before a
 * peak and rises again over 100 ms.
 *
 * <p>It delays nothing: it looks ahead in what it is given, which is a piece of the mix and an
 * estimate of the peaks after it. A peak at the beginning of a piece that the estimate before did
 * not foresee is met with a step of the gain.
 *
 * <p>Work is done in blocks of a millisecond or less, which the caller makes.
 *
 * <p><b>Threading:</b> one thread.
 */
final class TruePeakLimiter {

  /** −1 dBTP, and 0.1 dB for what four times oversampling does not find. */
  static final float CEILING = (float) (32_768 * Math.pow(10, -1.1 / 20));

  /** The gain begins to fall so many blocks before a peak: 5 ms. */
  static final int ATTACK_BLOCKS = 5;

  /** The gain rises from nothing to 1 in so many frames: 100 ms. */
  private static final float RELEASE_PER_FRAME = 1f / 4_800;

  /** A true peak lies at most so far above the highest sample: 6 dB, found with noise. */
  private static final float MOST_ABOVE_SAMPLES = 2;

  private float[] allowed = new float[64];
  private float gain = 1;

  boolean isIdle() {
    return gain == 1;
  }

  /**
   * Scales a piece in place.
   *
   * @param mix interleaved; its first frame is {@code from}, and {@link TruePeakMeter#REACH} frames
   *     on both sides of the piece are read
   * @param ends where each block ends, in frames from the piece's first
   * @param limits whether a block is limited; others are let through as they are
   * @param blocks how many there are
   * @param aheadPeaks what the peak of the blocks after the piece may be, {@link #ATTACK_BLOCKS} of
   *     them
   */
  void apply(float[] mix, int from, int[] ends, boolean[] limits, int blocks, float[] aheadPeaks) {
    if (allowed.length < blocks + ATTACK_BLOCKS + 1) {
      allowed = new float[blocks + ATTACK_BLOCKS + 1];
    }
    boolean any = gain < 1;
    int start = 0;
    for (int block = 0; block < blocks; block++) {
      allowed[block] = limits[block] ? allowed(peak(mix, from + start, from + ends[block])) : 1;
      any |= allowed[block] < 1;
      start = ends[block];
    }
    for (int block = 0; block < ATTACK_BLOCKS; block++) {
      allowed[blocks + block] = allowed(aheadPeaks[block]);
      any |= allowed[blocks + block] < 1;
    }
    allowed[blocks + ATTACK_BLOCKS] = 1;
    if (any) {
      scale(mix, from, ends, blocks);
    }
  }

  /** Forgets what was before: what follows is another sound. */
  void reset() {
    gain = 1;
    Arrays.fill(allowed, 1);
  }

  private void scale(float[] mix, int from, int[] ends, int blocks) {
    float now = Math.min(gain, allowed[0]);
    int start = 0;
    for (int block = 0; block < blocks; block++) {
      int frames = ends[block] - start;
      float next = Math.min(now + RELEASE_PER_FRAME * frames, bound(block + 1));
      next = Math.min(next, allowed[block]);
      float step = (next - now) / frames;
      for (int frame = from + start; frame < from + ends[block]; frame++) {
        mix[2 * frame] *= now;
        mix[2 * frame + 1] *= now;
        now += step;
      }
      now = next;
      start = ends[block];
    }
    gain = Math.min(1, now);
  }

  /** The most that the gain may be where a block begins, so that later peaks are met by a ramp. */
  private float bound(int block) {
    float bound = 1;
    for (int away = 0; away < ATTACK_BLOCKS && block + away < allowed.length; away++) {
      float later = allowed[block + away];
      bound = Math.min(bound, later + (1 - later) * away / ATTACK_BLOCKS);
    }
    return bound;
  }

  private static float allowed(float peak) {
    return peak > CEILING ? CEILING / peak : 1;
  }

  private static float peak(float[] mix, int from, int to) {
    float peak = 0;
    for (int i = 2 * from; i < 2 * to; i++) {
      peak = Math.max(peak, Math.abs(mix[i]));
    }
    return peak * MOST_ABOVE_SAMPLES <= CEILING
        ? peak
        : Math.max(TruePeakMeter.peak(mix, 0, from, to), TruePeakMeter.peak(mix, 1, from, to));
  }
}
