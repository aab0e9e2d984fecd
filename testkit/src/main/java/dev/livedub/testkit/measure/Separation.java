package dev.livedub.testkit.measure;

import dev.livedub.core.background.ComplexFft;

/**
 * How well a background was kept and the voice over it taken out, by comparing the outcome with the
 * voice and the background that the sound was made of.
 *
 * @param siSdrDb scale-invariant signal-to-distortion ratio of the background: everything that is
 *     not the background at some one level is distortion (Le Roux, Wisdom, Erdogan and Hershey
 *     2019, "SDR – half-baked or well done?", equation 3)
 * @param voiceAttenuationDb power of the voice before over its power after
 * @param backgroundChangeDb power of the background after over its power before
 */
public record Separation(double siSdrDb, double voiceAttenuationDb, double backgroundChangeDb) {

  private static final int FRAME = 2_048;
  private static final int HOP = FRAME / 2;

  /** A tile is so many frames long, 64 ms at 48 kHz, and so many bins wide, 140 Hz. */
  private static final int TILE_FRAMES = 3;

  private static final int TILE_BINS = 6;

  /** Keeps apart a voice and a background that are much alike in a tile. */
  private static final double LEAST_DETERMINANT = 1e-6;

  /**
   * Measures one channel.
   *
   * <p>What is left of the voice is not a signal of its own in the outcome. So voice and background
   * are fitted to it by least squares, with two gains for each tile of time and frequency; the
   * power of each, times its gains squared, is what is left of it. Tiles are about as small as what
   * a mask can tell apart, so that a voice which is let through here and there is found.
   *
   * @param outcome what the voice was taken out of
   * @param voice what it had of voice before
   * @param background what it had of everything else before, as long as the others
   */
  public static Separation of(float[] outcome, float[] voice, float[] background) {
    if (outcome.length != voice.length || outcome.length != background.length) {
      throw new IllegalArgumentException(
          "lengths " + outcome.length + ", " + voice.length + ", " + background.length);
    }
    double[] powers = new double[4];
    for (int from = 0; from + HOP * (TILE_FRAMES - 1) + FRAME <= outcome.length; ) {
      Tiles tiles = new Tiles();
      for (int frame = 0; frame < TILE_FRAMES; frame++, from += HOP) {
        tiles.add(outcome, voice, background, from);
      }
      tiles.sum(powers);
    }
    return new Separation(
        siSdrDb(outcome, background),
        decibels(powers[0] / powers[1]),
        decibels(powers[3] / powers[2]));
  }

  /** Scale-invariant signal-to-distortion ratio of an estimate of a reference, in dB. */
  public static double siSdrDb(float[] estimate, float[] reference) {
    double product = 0;
    double power = 0;
    for (int i = 0; i < reference.length; i++) {
      product += (double) estimate[i] * reference[i];
      power += (double) reference[i] * reference[i];
    }
    double scale = product / power;
    double distortion = 0;
    for (int i = 0; i < reference.length; i++) {
      double off = estimate[i] - scale * reference[i];
      distortion += off * off;
    }
    return decibels(scale * scale * power / distortion);
  }

  private static double decibels(double ratio) {
    return 10 * Math.log10(ratio);
  }

  /** Products of the three signals, summed over each tile of a few frames. */
  private static final class Tiles {

    private static final ComplexFft FFT = new ComplexFft(FRAME);
    private static final int COUNT = FRAME / 2 / TILE_BINS;

    private final double[] voiceVoice = new double[COUNT];
    private final double[] backBack = new double[COUNT];
    private final double[] voiceBack = new double[COUNT];
    private final double[] outVoice = new double[COUNT];
    private final double[] outBack = new double[COUNT];

    void add(float[] outcome, float[] voice, float[] background, int from) {
      float[][] out = spectrum(outcome, from);
      float[][] spoken = spectrum(voice, from);
      float[][] rest = spectrum(background, from);
      for (int bin = 1; bin <= COUNT * TILE_BINS; bin++) {
        int tile = (bin - 1) / TILE_BINS;
        voiceVoice[tile] += product(spoken, spoken, bin);
        backBack[tile] += product(rest, rest, bin);
        voiceBack[tile] += product(spoken, rest, bin);
        outVoice[tile] += product(out, spoken, bin);
        outBack[tile] += product(out, rest, bin);
      }
    }

    private static float[][] spectrum(float[] samples, int from) {
      float[] re = new float[FRAME];
      float[] im = new float[FRAME];
      for (int i = 0; i < FRAME; i++) {
        re[i] = samples[from + i] * (float) Math.sin(Math.PI * i / FRAME);
      }
      FFT.forward(re, im);
      return new float[][] {re, im};
    }

    private static double product(float[][] a, float[][] b, int bin) {
      return (double) a[0][bin] * b[0][bin] + (double) a[1][bin] * b[1][bin];
    }

    /** Adds voice before and after, background before and after. */
    void sum(double[] powers) {
      for (int tile = 0; tile < COUNT; tile++) {
        double vv = voiceVoice[tile];
        double bb = backBack[tile];
        double vb = voiceBack[tile];
        double determinant = vv * bb * (1 + LEAST_DETERMINANT) - vb * vb + Double.MIN_NORMAL;
        double voiceGain = (outVoice[tile] * bb - outBack[tile] * vb) / determinant;
        double backGain = (outBack[tile] * vv - outVoice[tile] * vb) / determinant;
        powers[0] += vv;
        powers[1] += vv * voiceGain * voiceGain;
        powers[2] += bb;
        powers[3] += bb * backGain * backGain;
      }
    }
  }
}
