package dev.livedub.core.background;

import java.util.Arrays;

/**
 * The bands in which a mask is decided: each bin alone up to 1.6 kHz, where a voice's harmonics lie
 * apart, then bands of about a 45th of their frequency. Bin 0 belongs to none.
 *
 * <p>{@code bench/background-training} uses the same bands.
 *
 * <p><b>Threading:</b> immutable.
 */
final class FrequencyBands {

  private static final int BINS_PER_WIDTH = 45;

  private final int[] edges;

  /** For each bin, the band whose centre is the nearest below it, and how far it is to the next. */
  private final int[] below;

  private final float[] towardsNext;

  /**
   * @param bins of the spectrum, with those at 0 and at half the sample rate
   */
  FrequencyBands(int bins) {
    this.edges = edges(bins);
    this.below = new int[bins];
    this.towardsNext = new float[bins];
    int band = 0;
    for (int bin = 0; bin < bins; bin++) {
      double at = Math.min(Math.max(bin, centre(0)), centre(count() - 1));
      while (band < count() - 2 && centre(band + 1) < at) {
        band++;
      }
      below[bin] = band;
      towardsNext[bin] = (float) ((at - centre(band)) / (centre(band + 1) - centre(band)));
    }
  }

  private static int[] edges(int bins) {
    int[] found = new int[bins];
    int count = 0;
    int edge = 1;
    while (edge < bins) {
      found[count++] = edge;
      edge += Math.max(1, (int) Math.rint((double) edge / BINS_PER_WIDTH));
    }
    found[count++] = bins;
    return Arrays.copyOf(found, count);
  }

  private double centre(int band) {
    return (edges[band] + edges[band + 1] - 1) / 2.0;
  }

  int count() {
    return edges.length - 1;
  }

  /** Puts the mean of each band's bins into {@code bands}, from {@code first} on. */
  void mean(float[] bins, float[] bands, int first) {
    for (int band = 0; band < edges.length - 1; band++) {
      float sum = 0;
      for (int bin = edges[band]; bin < edges[band + 1]; bin++) {
        sum += bins[bin];
      }
      bands[first + band] = sum / (edges[band + 1] - edges[band]);
    }
  }

  /** The value at a bin of what is given by bands: straight lines between their centres. */
  float at(int bin, float[] bands) {
    float from = bands[below[bin]];
    return from + (bands[below[bin] + 1] - from) * towardsNext[bin];
  }
}
