package dev.livedub.core.loudness;

/**
 * The K-weighting filter of ITU-R BS.1770-4, Annex 1, for one channel: a high shelf for the head,
 * then a high-pass.
 *
 * <p>The recommendation gives coefficients for 48 kHz only. For other rates they come from the
 * analogue filters behind them by the bilinear transform, as libebur128 has them; at 48 kHz both
 * agree to 1e-9.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class KWeighting {

  private static final double SHELF_HZ = 1681.974450955533;
  private static final double SHELF_DB = 3.999843853973347;
  private static final double SHELF_Q = 0.7071752369554196;
  private static final double SHELF_MIDDLE = 0.4996667741545416;
  private static final double HIGH_PASS_HZ = 38.13547087602444;
  private static final double HIGH_PASS_Q = 0.5003270373238773;

  /**
   * Added and taken away by nobody: keeps the states of a filter fed with zeros out of denormals.
   */
  private static final double NEARLY_NOTHING = 1e-18;

  private final double b0;
  private final double b1;
  private final double b2;
  private final double a1;
  private final double a2;
  private final double c1;
  private final double c2;
  private double s1;
  private double s2;
  private double h1;
  private double h2;

  /** A filter at rest. */
  public KWeighting(int sampleRateHz) {
    double k = Math.tan(Math.PI * SHELF_HZ / sampleRateHz);
    double high = Math.pow(10, SHELF_DB / 20);
    double band = Math.pow(high, SHELF_MIDDLE);
    double norm = 1 + k / SHELF_Q + k * k;
    b0 = (high + band * k / SHELF_Q + k * k) / norm;
    b1 = 2 * (k * k - high) / norm;
    b2 = (high - band * k / SHELF_Q + k * k) / norm;
    a1 = 2 * (k * k - 1) / norm;
    a2 = (1 - k / SHELF_Q + k * k) / norm;
    double w = Math.tan(Math.PI * HIGH_PASS_HZ / sampleRateHz);
    double lower = 1 + w / HIGH_PASS_Q + w * w;
    c1 = 2 * (w * w - 1) / lower;
    c2 = (1 - w / HIGH_PASS_Q + w * w) / lower;
  }

  /** The weighted sample that follows; both filters in transposed direct form 2. */
  public double next(double sample) {
    double shelved = b0 * sample + s1;
    s1 = b1 * sample - a1 * shelved + s2 + NEARLY_NOTHING;
    s2 = b2 * sample - a2 * shelved;
    double weighted = shelved + h1;
    h1 = -2 * shelved - c1 * weighted + h2;
    h2 = shelved - c2 * weighted;
    return weighted;
  }
}
