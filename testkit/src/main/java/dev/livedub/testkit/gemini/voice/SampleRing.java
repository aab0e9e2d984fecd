package dev.livedub.testkit.gemini.voice;

/**
 * The last stretch of a sound, by sample number.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class SampleRing {

  private final float[] samples;
  private final int mask;
  private long end;

  /** A ring of at least so many samples. */
  SampleRing(int capacity) {
    samples = new float[Integer.highestOneBit(capacity - 1) << 1];
    mask = samples.length - 1;
  }

  void add(float sample) {
    samples[(int) end++ & mask] = sample;
  }

  /** How many samples there ever were: the number of the next. */
  long end() {
    return end;
  }

  /** The number of the oldest that is still there. */
  long start() {
    return Math.max(0, end - samples.length);
  }

  /** The sample of a number, 0 if it is not there. */
  float at(long number) {
    return number >= start() && number < end ? samples[(int) number & mask] : 0;
  }
}
