package dev.livedub.core.pcm;

import java.util.Arrays;

/**
 * Doubles the sample rate of a run of mono sound that arrives in pieces: 24 kHz in, 48 kHz out.
 *
 * <p>A half-band FIR: every other output sample is an input sample, those between are interpolated;
 * images are down by more than 60 dB for voice up to 10 kHz. The delay is compensated: output
 * sample {@code 2 n} is input sample {@code n}. So the output of the last {@link #HOLD} samples of
 * a piece waits for the next one; {@link #tail} tells what it is if nothing follows.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class VoiceUpsampler {

  /** Input samples whose output waits for what follows. */
  public static final int HOLD = 12;

  /** Most input samples in one call. */
  public static final int MAX_PIECE = 2_400;

  private static final int HISTORY = 2 * HOLD - 1;
  private static final double KAISER_BETA = 7;
  private static final float[] TAPS = design();

  private final float[] input = new float[HISTORY + MAX_PIECE];
  private final TapSum sums = new TapSum(MAX_PIECE + HOLD);
  private int pending;

  private static float[] design() {
    double[] taps = new double[HOLD];
    double sum = 0;
    for (int k = 0; k < HOLD; k++) {
      taps[k] = KaiserLowPass.sinc(k + 0.5) * KaiserLowPass.window(k + 0.5, HOLD, KAISER_BETA);
      sum += 2 * taps[k];
    }
    float[] normalised = new float[HOLD];
    for (int k = 0; k < HOLD; k++) {
      normalised[k] = (float) (taps[k] / sum);
    }
    return normalised;
  }

  /** Begins a new run, after silence. */
  public void reset() {
    Arrays.fill(input, 0);
    pending = 0;
  }

  /**
   * Takes {@code samples} of {@code voice} and writes what can be said of the run by now.
   *
   * @param out room for {@code 2 * (samples + HOLD)}
   * @return samples written from the start of {@code out}
   */
  public int process(short[] voice, int from, int samples, short[] out) {
    if (samples > MAX_PIECE) {
      throw new IllegalArgumentException(samples + " samples, at most " + MAX_PIECE);
    }
    for (int i = 0; i < samples; i++) {
      input[HISTORY + i] = voice[from + i];
    }
    int ready = Math.max(0, pending + samples - HOLD);
    interpolate(HISTORY - pending, ready, out);
    System.arraycopy(input, samples, input, 0, HISTORY);
    pending = pending + samples - ready;
    return 2 * ready;
  }

  /**
   * Writes the end of the run as it is if nothing follows; changes nothing.
   *
   * @param out room for {@code 2 * HOLD} from {@code outFrom}
   * @return samples written
   */
  public int tail(short[] out, int outFrom) {
    Arrays.fill(input, HISTORY, HISTORY + HOLD, 0);
    short[] end = new short[2 * HOLD];
    interpolate(HISTORY - pending, pending, end);
    System.arraycopy(end, 0, out, outFrom, 2 * pending);
    return 2 * pending;
  }

  private void interpolate(int first, int count, short[] out) {
    sums.begin(input, first, 0, count);
    for (int k = 0; k < HOLD; k++) {
      sums.add(input, first - k, input, first + 1 + k, TAPS[k], count);
    }
    for (int i = 0; i < count; i++) {
      out[2 * i] = (short) input[first + i];
      out[2 * i + 1] = sums.sample(i);
    }
  }
}
