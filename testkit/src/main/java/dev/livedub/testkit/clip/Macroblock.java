package dev.livedub.testkit.clip;

import org.jspecify.annotations.Nullable;

/** A reconstructed macroblock: one flat colour, or flat chroma under luma noise. Immutable. */
final class Macroblock {
  private static final int SIDE = 16;

  private final int luma;
  private final int cb;
  private final int cr;
  private final byte @Nullable [] noise;

  private Macroblock(int luma, int cb, int cr, byte @Nullable [] noise) {
    this.luma = luma;
    this.cb = cb;
    this.cr = cr;
    this.noise = noise;
  }

  /** A block of one colour. */
  static Macroblock flat(int luma, int cb, int cr) {
    return new Macroblock(luma, cb, cr, null);
  }

  /** A block of 256 luma samples, which it takes over, and neutral chroma. */
  static Macroblock noise(byte[] samples) {
    long sum = 0;
    for (byte sample : samples) {
      sum += sample & 0xFF;
    }
    return new Macroblock((int) (sum / samples.length), 128, 128, samples);
  }

  /** What a skipped macroblock of a B picture shows (H.264 clause 8.4.2.3.1). */
  static Macroblock average(Macroblock a, Macroblock b) {
    if (a == b) {
      return a;
    }
    int cb = (a.cb + b.cb + 1) >> 1;
    int cr = (a.cr + b.cr + 1) >> 1;
    if (a.noise == null && b.noise == null) {
      return new Macroblock((a.luma + b.luma + 1) >> 1, cb, cr, null);
    }
    byte[] mixed = new byte[SIDE * SIDE];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (byte) ((a.sample(i) + b.sample(i) + 1) >> 1);
    }
    return new Macroblock((a.luma + b.luma + 1) >> 1, cb, cr, mixed);
  }

  /** The luma level, or the mean of the noise. */
  int luma() {
    return luma;
  }

  int cb() {
    return cb;
  }

  int cr() {
    return cr;
  }

  boolean isNoise() {
    return noise != null;
  }

  /** Luma sample {@code i} in raster order. */
  int sample(int i) {
    return noise == null ? luma : noise[i] & 0xFF;
  }

  /** Sum of the 16 luma samples of the lowest row. */
  int bottomRowSum() {
    return sum(SIDE * (SIDE - 1), 1);
  }

  /** Sum of the 16 luma samples of the last column. */
  int rightColumnSum() {
    return sum(SIDE - 1, SIDE);
  }

  private int sum(int first, int step) {
    int sum = 0;
    for (int i = 0; i < SIDE; i++) {
      sum += sample(first + i * step);
    }
    return sum;
  }
}
