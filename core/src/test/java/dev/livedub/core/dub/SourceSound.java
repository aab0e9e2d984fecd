package dev.livedub.core.dub;

import java.util.Random;

/**
 * Made-up broadcast sound, 48 kHz stereo: steady background noise, and bursts that come and go four
 * times a second where somebody speaks. Both channels differ.
 */
final class SourceSound {

  static final int RATE_HZ = 48_000;

  private final short[] stereo;
  private final Random random = new Random(17);

  SourceSound(double seconds, double backgroundPeak) {
    stereo = new short[2 * samples(seconds)];
    for (int i = 0; i < stereo.length; i++) {
      stereo[i] = (short) ((random.nextDouble() * 2 - 1) * backgroundPeak);
    }
  }

  /** Adds speech from one second to another. */
  SourceSound speech(double fromSecond, double toSecond, double peak) {
    for (int n = samples(fromSecond); n < samples(toSecond); n++) {
      double syllable = Math.pow(Math.sin(Math.PI * 4 * (n - samples(fromSecond)) / RATE_HZ), 2);
      double voice = Math.sin(2 * Math.PI * 180 * n / RATE_HZ) + random.nextGaussian() * 0.2;
      int value = (int) Math.round(voice * syllable * peak);
      stereo[2 * n] = clip(stereo[2 * n] + value);
      stereo[2 * n + 1] = clip(stereo[2 * n + 1] + value * 9 / 10);
    }
    return this;
  }

  short[] stereo() {
    return stereo.clone();
  }

  static int samples(double seconds) {
    return (int) Math.round(seconds * RATE_HZ);
  }

  private static short clip(int value) {
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }
}
