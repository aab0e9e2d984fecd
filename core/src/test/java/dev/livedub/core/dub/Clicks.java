package dev.livedub.core.dub;

/**
 * Finds clicks in sound whose own content lies below 1 kHz: the third difference takes a sine of
 * 440 Hz down by 74 dB, and leaves a step twice as high as it was.
 */
final class Clicks {

  /** −50 dBFS. */
  static final double BOUND = 32_768 * Math.pow(10, -50 / 20.0);

  private Clicks() {}

  /** The largest third difference of the left channel in a span of frames. */
  static double largest(short[] stereo, int fromFrame, int toFrame) {
    double largest = 0;
    for (int n = Math.max(3, fromFrame); n < toFrame; n++) {
      double third =
          stereo[2 * n] - 3.0 * stereo[2 * n - 2] + 3.0 * stereo[2 * n - 4] - stereo[2 * n - 6];
      largest = Math.max(largest, Math.abs(third));
    }
    return largest;
  }

  static double largest(short[] stereo) {
    return largest(stereo, 0, stereo.length / 2);
  }
}
