package dev.livedub.bench;

import java.util.Arrays;

/** Values in ascending order, for their mean and quantiles. */
public final class Distribution {

  private final double[] ascending;

  /** Copies {@code values}, of which there must be at least one. */
  public Distribution(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    ascending = values.clone();
    Arrays.sort(ascending);
  }

  public int count() {
    return ascending.length;
  }

  public double mean() {
    return Arrays.stream(ascending).average().orElseThrow();
  }

  public double max() {
    return ascending[ascending.length - 1];
  }

  /** The smallest value that at least {@code fraction} of all values do not exceed. */
  public double quantile(double fraction) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction " + fraction + " is not in (0, 1]");
    }
    return ascending[(int) Math.ceil(fraction * ascending.length) - 1];
  }
}
