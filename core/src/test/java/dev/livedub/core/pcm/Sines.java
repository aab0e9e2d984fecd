package dev.livedub.core.pcm;

/** Sine tones, and what is left of them. */
final class Sines {

  private Sines() {}

  /** Mono. */
  static short[] tone(double hz, int rateHz, int samples, double amplitude) {
    short[] tone = new short[samples];
    for (int n = 0; n < samples; n++) {
      tone[n] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hz * n / rateHz));
    }
    return tone;
  }

  /** The same in both channels. */
  static short[] stereo(short[] mono) {
    short[] stereo = new short[2 * mono.length];
    for (int n = 0; n < mono.length; n++) {
      stereo[2 * n] = mono[n];
      stereo[2 * n + 1] = mono[n];
    }
    return stereo;
  }

  /** Level of samples {@code [from, to)} against a sine of that amplitude. */
  static double levelDb(short[] samples, int from, int to, double amplitude) {
    double energy = 0;
    for (int n = from; n < to; n++) {
      energy += (double) samples[n] * samples[n];
    }
    return 10 * Math.log10(2 * energy / (to - from) / (amplitude * amplitude) + 1e-12);
  }
}
