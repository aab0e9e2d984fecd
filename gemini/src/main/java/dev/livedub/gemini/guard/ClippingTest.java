package dev.livedub.gemini.guard;

/**
 * Finds sound that is cut off at full scale for much of a second. A loud voice touches full scale
 * for single samples; distortion that one hears stays there.
 *
 * <p><b>Threading:</b> one thread.
 */
final class ClippingTest {

  /** One second. */
  static final int WINDOW_FRAMES = 50;

  /** Samples at or beyond this magnitude count as cut off. */
  static final int FULL_SCALE = 32_600;

  /** Share of cut-off samples at which sound is refused. */
  static final double REFUSED_SHARE = 0.05;

  private final int[] cutOff = new int[WINDOW_FRAMES];
  private int slot;
  private int sum;

  /** Whether too much of the last second, this frame included, is cut off. */
  boolean fails(short[] frame) {
    int count = 0;
    for (short sample : frame) {
      if (Math.abs(sample) >= FULL_SCALE) {
        count++;
      }
    }
    sum += count - cutOff[slot];
    cutOff[slot] = count;
    slot = (slot + 1) % WINDOW_FRAMES;
    return sum > REFUSED_SHARE * WINDOW_FRAMES * OutputFrames.SAMPLES;
  }
}
