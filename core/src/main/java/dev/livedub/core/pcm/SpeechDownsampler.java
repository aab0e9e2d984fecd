package dev.livedub.core.pcm;

import java.util.Arrays;

/**
 * Makes 16 kHz mono out of 48 kHz stereo, one block of {@link #BLOCK_OUT} samples at a time.
 *
 * <p>The filter is a third-band FIR: flat to 6.5 kHz, down by more than 60 dB from 9.5 kHz, so that
 * nothing can alias on what a listener of speech hears. Its delay is compensated: the first sample
 * of a block lies exactly at the first input frame of the block. The price is that a block is ready
 * only {@link #LOOK_AHEAD} frames after its end.
 *
 * <p>Call order: {@link #reset}, then {@link #add} or {@link #addSilence} of no more than {@link
 * #room} frames; {@link #take} when there is no room left.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class SpeechDownsampler {

  /** Input frames per output sample. */
  public static final int FACTOR = 3;

  /** Samples in an output block: 100 ms. */
  public static final int BLOCK_OUT = 1_600;

  /** Frames of input that an output block spans. */
  public static final int BLOCK_IN = BLOCK_OUT * FACTOR;

  /** Frames after the end of a block that its last samples depend on. */
  public static final int LOOK_AHEAD = 36;

  private static final double CUTOFF_HZ = 8_000;
  private static final double KAISER_BETA = 6.2;
  private static final int INPUT_RATE_HZ = 48_000;
  private static final float[] TAPS =
      KaiserLowPass.design(LOOK_AHEAD, CUTOFF_HZ / INPUT_RATE_HZ, KAISER_BETA);

  private static final int CAPACITY = BLOCK_IN + 2 * LOOK_AHEAD;
  private static final int CENTRE = LOOK_AHEAD / FACTOR;

  /** Input by phase: frame {@code i} of the buffer is {@code phases[i % 3][i / 3]}. */
  private final float[][] phases = new float[FACTOR][CAPACITY / FACTOR];

  private final TapSum sums = new TapSum(BLOCK_OUT);
  private int filled = LOOK_AHEAD;

  /** Forgets everything; the next frame added begins a block after silence. */
  public void reset() {
    for (float[] phase : phases) {
      Arrays.fill(phase, 0);
    }
    filled = LOOK_AHEAD;
  }

  /** Frames that can and must be added before the next {@link #take}. */
  public int room() {
    return CAPACITY - filled;
  }

  /** Adds the mean of both channels of interleaved frames. */
  public void add(short[] stereo, int fromFrame, int frames) {
    checkRoom(frames);
    int done = 0;
    while (done < frames && (filled + done) % FACTOR != 0) {
      put(filled + done, stereo, fromFrame + done);
      done++;
    }
    int triples = (frames - done) / FACTOR;
    deinterleave(stereo, 2 * (fromFrame + done), (filled + done) / FACTOR, triples);
    for (done += triples * FACTOR; done < frames; done++) {
      put(filled + done, stereo, fromFrame + done);
    }
    filled += frames;
  }

  /** Adds frames of silence. */
  public void addSilence(int frames) {
    checkRoom(frames);
    for (int i = filled; i < filled + frames; i++) {
      phases[i % FACTOR][i / FACTOR] = 0;
    }
    filled += frames;
  }

  /** Writes the next block to the start of {@code mono} and makes room for the one after. */
  public void take(short[] mono) {
    if (filled != CAPACITY) {
      throw new IllegalStateException(room() + " frames are missing to a block");
    }
    filter();
    for (int m = 0; m < BLOCK_OUT; m++) {
      mono[m] = sums.sample(m);
    }
    for (float[] phase : phases) {
      System.arraycopy(phase, BLOCK_OUT, phase, 0, phase.length - BLOCK_OUT);
    }
    filled -= BLOCK_IN;
  }

  private void put(int at, short[] stereo, int frame) {
    phases[at % FACTOR][at / FACTOR] = mean(stereo, 2 * frame);
  }

  private void deinterleave(short[] stereo, int from, int toIndex, int triples) {
    float[] first = phases[0];
    float[] second = phases[1];
    float[] third = phases[2];
    for (int i = 0; i < triples; i++) {
      int at = from + 2 * FACTOR * i;
      first[toIndex + i] = mean(stereo, at);
      second[toIndex + i] = mean(stereo, at + 2);
      third[toIndex + i] = mean(stereo, at + 4);
    }
  }

  private static float mean(short[] stereo, int at) {
    return (stereo[at] + stereo[at + 1]) * 0.5f;
  }

  /** Taps at multiples of three are zero in a third-band filter, but for the centre. */
  private void filter() {
    sums.begin(phases[0], CENTRE, TAPS[0], BLOCK_OUT);
    for (int k = 1; k <= LOOK_AHEAD; k++) {
      if (k % FACTOR != 0) {
        float[] after = phases[k % FACTOR];
        float[] before = phases[FACTOR - k % FACTOR];
        int steps = k / FACTOR;
        sums.add(after, CENTRE + steps, before, CENTRE - 1 - steps, TAPS[k], BLOCK_OUT);
      }
    }
  }

  private void checkRoom(int frames) {
    if (frames < 0 || frames > room()) {
      throw new IllegalArgumentException(frames + " frames do not fit, room is " + room());
    }
  }
}
