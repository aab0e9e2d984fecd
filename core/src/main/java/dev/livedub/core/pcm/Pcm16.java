package dev.livedub.core.pcm;

/** Conversion to signed 16-bit samples. */
public final class Pcm16 {

  /** Makes every sample positive, so that cutting off the fraction rounds all alike. */
  private static final int FLOOR = 32_768;

  private static final float ROUND_UP_FROM = FLOOR + 0.5f;

  private Pcm16() {}

  /** The nearest 16-bit sample; saturates, never wraps. */
  public static short of(float sample) {
    float bounded = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
    return (short) ((int) (bounded + ROUND_UP_FROM) - FLOOR);
  }

  /** The largest magnitude among samples {@code [from, to)}. */
  public static int peak(short[] samples, int from, int to) {
    int peak = 0;
    for (int i = from; i < to; i++) {
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    return peak;
  }
}
