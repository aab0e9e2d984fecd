package dev.livedub.testkit.gemini.voice;

/**
 * The last stretch of a sound, by sample number.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class SampleRing {

  private final float[] samples;
  private long end;

  SampleRing(int capacity) {
    samples = new float[capacity];
  }

  void add(float sample) {
    samples[(int) (end++ % samples.length)] = sample;
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
    return number >= start() && number < end ? samples[(int) (number % samples.length)] : 0;
  }
}
