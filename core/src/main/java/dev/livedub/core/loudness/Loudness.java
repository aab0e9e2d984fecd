package dev.livedub.core.loudness;

/** Loudness from mean squares of K-weighted sound (ITU-R BS.1770-4, Annex 1). */
public final class Loudness {

  /** Makes a sine of 997 Hz at full scale in one channel −3.01 LUFS. */
  private static final double OFFSET_DB = -0.691;

  private static final double FULL_SCALE_POWER = 32_768.0 * 32_768.0;

  /** The gate below which nothing counts. */
  public static final double SILENCE_LUFS = -70;

  private Loudness() {}

  /**
   * Loudness of sound that is the same in both of two channels.
   *
   * @param power mean square of one channel, of 16-bit samples, weighted
   */
  public static double lufsInBoth(double power) {
    return Math.max(
        SILENCE_LUFS, OFFSET_DB + 10 * Math.log10(Math.max(1e-12, 2 * power / FULL_SCALE_POWER)));
  }
}
