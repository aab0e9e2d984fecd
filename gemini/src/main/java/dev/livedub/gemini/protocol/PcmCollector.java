package dev.livedub.gemini.protocol;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Makes samples of bytes as they are decoded: signed 16-bit, low byte first.
 *
 * <p>A piece may end in half a sample. Then the next one begins either with the other half or
 * afresh, which nothing says; but read out of step, speech is noise, so the smoother reading is the
 * right one.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class PcmCollector extends OutputStream {

  /** What is kept between messages: half a second. */
  private static final int USUAL_BYTES = 24_000;

  private static final int MAX_KEPT_BYTES = 10 * USUAL_BYTES;
  private static final int MAX_JUDGED_SAMPLES = 2_000;

  /** The first byte is for the half that the piece before left. */
  private byte[] bytes = new byte[1 + USUAL_BYTES];

  private int end = 1;
  private boolean halfLeft;
  private boolean odd;

  @Override
  public void write(int octet) {
    reserve(1);
    bytes[end++] = (byte) octet;
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    reserve(length);
    System.arraycopy(from, offset, bytes, end, length);
    end += length;
  }

  /** Forgets what was written since the last time. */
  void reset() {
    end = 1;
  }

  /** Whether the piece taken last was not a whole number of samples. */
  boolean wasOdd() {
    return odd;
  }

  /** The samples of what was written since the last time, perhaps with the half left before. */
  short[] take() {
    odd = (end - 1) % 2 != 0;
    int start = halfLeft && isSmootherWithHalf() ? 0 : 1;
    short[] samples = new short[(end - start) / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sample(start + 2 * i);
    }
    if (end > 1) {
      halfLeft = (end - start) % 2 != 0;
      bytes[0] = bytes[end - 1];
    }
    end = 1;
    if (bytes.length > MAX_KEPT_BYTES) {
      bytes = Arrays.copyOf(bytes, 1 + USUAL_BYTES);
    }
    return samples;
  }

  private short sample(int at) {
    return (short) (bytes[at + 1] << 8 | (bytes[at] & 0xff));
  }

  private boolean isSmootherWithHalf() {
    long with = roughness(0);
    long without = roughness(1);
    return with == without ? odd : with < without;
  }

  /** Sum of the steps from sample to sample, over as many samples whatever the start. */
  private long roughness(int start) {
    int count = Math.min(MAX_JUDGED_SAMPLES, (end - 1) / 2);
    long sum = 0;
    for (int i = 1; i < count; i++) {
      sum += Math.abs(sample(start + 2 * i) - sample(start + 2 * i - 2));
    }
    return sum;
  }

  private void reserve(int more) {
    if (end + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end + more, 2 * bytes.length));
    }
  }
}
