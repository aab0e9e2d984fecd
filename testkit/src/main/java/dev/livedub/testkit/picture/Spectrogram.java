package dev.livedub.testkit.picture;

/** Level over time and frequency, from −100 dBFS (black) to −10 dBFS (white), in steps of 3 dB. */
final class Spectrogram {

  /** The highest frequency shown. */
  static final int TOP_HZ = 12_000;

  private static final int WINDOW = 1_024;
  private static final double DARKEST_DBFS = -100;
  private static final double BRIGHTEST_DBFS = -10;
  private static final double STEP_DB = 3;

  private Spectrogram() {}

  static void draw(
      Canvas canvas, float[] mono, int sampleRateHz, int left, int top, int width, int height) {
    double[] real = new double[WINDOW];
    double[] imaginary = new double[WINDOW];
    for (int x = 0; x < width; x++) {
      int centre = (int) ((long) x * mono.length / width);
      for (int i = 0; i < WINDOW; i++) {
        int at = centre + i - WINDOW / 2;
        double hann = (1 - Math.cos(2 * Math.PI * (i + 0.5) / WINDOW)) / 2;
        real[i] = at >= 0 && at < mono.length ? hann * mono[at] : 0;
        imaginary[i] = 0;
      }
      transform(real, imaginary);
      for (int y = 0; y < height; y++) {
        double hz = (double) TOP_HZ * (height - 1 - y) / height;
        int bin = (int) Math.round(hz * WINDOW / sampleRateHz);
        // A full-scale sine through a Hann window reaches a quarter of the window's length.
        double amplitude = Math.hypot(real[bin], imaginary[bin]) / (WINDOW / 4.0);
        canvas.set(left + x, top + y, colour(20 * Math.log10(Math.max(1e-9, amplitude))));
      }
    }
  }

  /** In steps, which a file of a picture needs a third of the room for. */
  private static int colour(double levelDbfs) {
    double steps = Math.floor((levelDbfs - DARKEST_DBFS) / STEP_DB);
    double share = steps * STEP_DB / (BRIGHTEST_DBFS - DARKEST_DBFS);
    double bounded = Math.max(0, Math.min(1, share));
    int red = (int) (255 * Math.min(1, bounded * 1.8));
    int green = (int) (255 * Math.max(0, Math.min(1, bounded * 1.9 - 0.7)));
    int blue = (int) (255 * Math.max(Math.min(bounded * 2, 0.6 - bounded), bounded * 3 - 2));
    return red << 16 | green << 8 | Math.max(0, Math.min(255, blue));
  }

  /** Fast Fourier transform in place (Cooley and Tukey, radix 2). */
  private static void transform(double[] real, double[] imaginary) {
    for (int i = 1, j = 0; i < WINDOW; i++) {
      int bit = WINDOW >> 1;
      for (; (j & bit) != 0; bit >>= 1) {
        j ^= bit;
      }
      j ^= bit;
      if (i < j) {
        double swapped = real[i];
        real[i] = real[j];
        real[j] = swapped;
      }
    }
    for (int size = 2; size <= WINDOW; size <<= 1) {
      double turn = -2 * Math.PI / size;
      for (int from = 0; from < WINDOW; from += size) {
        for (int k = 0; k < size / 2; k++) {
          double cosine = Math.cos(turn * k);
          double sine = Math.sin(turn * k);
          int a = from + k;
          int b = a + size / 2;
          double re = real[b] * cosine - imaginary[b] * sine;
          double im = real[b] * sine + imaginary[b] * cosine;
          real[b] = real[a] - re;
          imaginary[b] = imaginary[a] - im;
          real[a] += re;
          imaginary[a] += im;
        }
      }
    }
  }
}
