package dev.livedub.core.timeline;

/**
 * Makes a block of stereo sound a few frames longer or shorter by linear interpolation; the first
 * and the last frame stay where they are, so that neighbouring blocks meet without a step.
 */
public final class Stretcher {

  private Stretcher() {}

  /**
   * Writes {@code inFrames} frames as {@code outFrames} frames.
   *
   * @param in interleaved stereo; frames from {@code inOffsetFrames} on are taken
   * @param out interleaved stereo, at least {@code outFrames} frames long
   */
  public static void stretch(
      short[] in, int inOffsetFrames, int inFrames, short[] out, int outFrames) {
    double step = outFrames > 1 ? (inFrames - 1.0) / (outFrames - 1) : 0;
    for (int i = 0; i < outFrames; i++) {
      double position = i * step;
      int whole = Math.min((int) position, inFrames - 1);
      int following = Math.min(whole + 1, inFrames - 1);
      double part = position - whole;
      for (int channel = 0; channel < 2; channel++) {
        double a = in[(inOffsetFrames + whole) * 2 + channel];
        double b = in[(inOffsetFrames + following) * 2 + channel];
        out[i * 2 + channel] = (short) Math.round(a + (b - a) * part);
      }
    }
  }
}
