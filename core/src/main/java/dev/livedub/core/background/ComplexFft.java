package dev.livedub.core.background;

/**
 * The discrete Fourier transform of a power of two of complex values, in place: radix 2, decimation
 * in time (Cooley and Tukey 1965). Forward and back again multiplies by the size.
 *
 * <p><b>Threading:</b> immutable.
 */
public final class ComplexFft {

  private final int size;
  private final int[] reversed;
  private final float[] cos;
  private final float[] sin;

  /**
   * @param size a power of two
   */
  public ComplexFft(int size) {
    if (Integer.bitCount(size) != 1 || size < 2) {
      throw new IllegalArgumentException("size " + size + ", not a power of two from 2 on");
    }
    this.size = size;
    this.reversed = new int[size];
    this.cos = new float[size / 2];
    this.sin = new float[size / 2];
    int bits = Integer.numberOfTrailingZeros(size);
    for (int i = 0; i < size; i++) {
      reversed[i] = Integer.reverse(i) >>> (32 - bits);
    }
    for (int i = 0; i < size / 2; i++) {
      cos[i] = (float) Math.cos(2 * Math.PI * i / size);
      sin[i] = (float) -Math.sin(2 * Math.PI * i / size);
    }
  }

  /** Transforms: {@code X[k] = sum of x[n]·exp(−2πikn/size)}. */
  public void forward(float[] re, float[] im) {
    reorder(re, im);
    for (int half = 1; half < size; half *= 2) {
      int stride = size / (2 * half);
      for (int from = 0; from < size; from += 2 * half) {
        butterflies(re, im, from, half, stride);
      }
    }
  }

  /** Transforms back, unscaled: exchanging the parts turns one direction into the other. */
  public void inverse(float[] re, float[] im) {
    forward(im, re);
  }

  private void reorder(float[] re, float[] im) {
    for (int i = 0; i < size; i++) {
      int other = reversed[i];
      if (other > i) {
        float keptRe = re[i];
        float keptIm = im[i];
        re[i] = re[other];
        im[i] = im[other];
        re[other] = keptRe;
        im[other] = keptIm;
      }
    }
  }

  private void butterflies(float[] re, float[] im, int from, int half, int stride) {
    for (int k = 0; k < half; k++) {
      int upper = from + k;
      int lower = upper + half;
      float turnRe = cos[k * stride];
      float turnIm = sin[k * stride];
      float lowerRe = re[lower] * turnRe - im[lower] * turnIm;
      float lowerIm = re[lower] * turnIm + im[lower] * turnRe;
      re[lower] = re[upper] - lowerRe;
      im[lower] = im[upper] - lowerIm;
      re[upper] += lowerRe;
      im[upper] += lowerIm;
    }
  }
}
