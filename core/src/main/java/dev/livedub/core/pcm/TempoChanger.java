package dev.livedub.core.pcm;

/**
 * Says a voice faster without raising its pitch: now and then a period of it is left out, and what
 * lies on both sides is cross-faded over that period (pointer interval controlled overlap and add:
 * Morita and Itakura, "Time-scale expansion and compression of speech", 1986).
 *
 * <p>A cut is made where the voice is most periodic, or silent, and put off for up to {@link
 * #MOST_OWED} samples for a better place. At tempo 1 the samples are not touched, and in between
 * cuts they are not either.
 *
 * <p>Call order: {@link #process} for the pieces of a voice, the tempo of each as wanted; {@link
 * #flush} where the voice ends.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class TempoChanger {

  /** Most samples in one call: 250 ms at 24 kHz. */
  public static final int MAX_PIECE = 6_000;

  /** Shortest period: a voice of 400 Hz at 24 kHz. */
  static final int SHORTEST_PERIOD = 60;

  /** Longest period: 65 Hz. */
  static final int LONGEST_PERIOD = 369;

  /** A cut is looked for once so many samples should have been left out: 5 ms. */
  static final int OWED_FOR_A_CUT = 120;

  /** A cut is made wherever it is best once so many should have been: 30 ms. */
  static final int MOST_OWED = 720;

  /** Input that may wait for the next call: what a cut reaches over. */
  public static final int HOLD = 2 * LONGEST_PERIOD;

  /** What two periods may differ by, in parts of their level, to count as alike. */
  private static final float ALIKE = 0.35f;

  /** Peaks below this are silence: −50 dBFS. */
  private static final float SILENT_LEVEL = 104;

  /** Looking for a better place goes on so much further: 4 ms. */
  private static final int STRIDE = 96;

  private static final int COARSE = 4;

  private final float[] input = new float[HOLD + MAX_PIECE];
  private int filled;
  private double owed;
  private float difference;
  private float level;

  /**
   * Takes a piece.
   *
   * @param tempo at least 1
   * @param out room for {@code samples + HOLD}
   * @return samples written from the start of {@code out}
   */
  public int process(short[] voice, int from, int samples, double tempo, short[] out) {
    if (samples > MAX_PIECE || !(tempo >= 1)) {
      throw new IllegalArgumentException(samples + " samples at tempo " + tempo);
    }
    for (int i = 0; i < samples; i++) {
      input[filled + i] = voice[from + i];
    }
    filled += samples;
    owed += samples * (1 - 1 / tempo);
    int read = 0;
    int written = 0;
    while (owed >= OWED_FOR_A_CUT && filled - read >= HOLD) {
      int period = bestPeriod(read);
      if (difference <= ALIKE * level || level < SILENT_LEVEL || owed >= MOST_OWED) {
        crossFade(read, period, out, written);
        owed -= period;
        read += 2 * period;
        written += period;
      } else {
        copy(read, STRIDE, out, written);
        read += STRIDE;
        written += STRIDE;
      }
    }
    int rest = owed >= OWED_FOR_A_CUT ? 0 : filled - read;
    copy(read, rest, out, written);
    read += rest;
    System.arraycopy(input, read, input, 0, filled - read);
    filled -= read;
    return written + rest;
  }

  /**
   * Writes what waits: no more of this voice will come.
   *
   * @param out room for {@code HOLD}
   */
  public int flush(short[] out) {
    int rest = filled;
    copy(0, rest, out, 0);
    filled = 0;
    owed = 0;
    return rest;
  }

  /** The period at which what follows is most like itself; leaves by how much it is not. */
  private int bestPeriod(int at) {
    int best = SHORTEST_PERIOD;
    float least = Float.MAX_VALUE;
    for (int period = SHORTEST_PERIOD; period <= LONGEST_PERIOD; period += COARSE) {
      float found = difference(at, period, COARSE);
      if (found < least) {
        least = found;
        best = period;
      }
    }
    int centre = best;
    least = Float.MAX_VALUE;
    int to = Math.min(LONGEST_PERIOD, centre + COARSE - 1);
    for (int period = Math.max(SHORTEST_PERIOD, centre - COARSE + 1); period <= to; period++) {
      float found = difference(at, period, 2);
      if (found < least) {
        least = found;
        best = period;
      }
    }
    difference = least;
    level = level(at, 2 * best);
    return best;
  }

  /** Mean magnitude of the difference between a period and the next. */
  private float difference(int at, int period, int step) {
    float sum = 0;
    int count = 0;
    for (int i = at; i < at + period; i += step) {
      sum += Math.abs(input[i] - input[i + period]);
      count++;
    }
    return sum / count;
  }

  private float level(int at, int samples) {
    float sum = 0;
    for (int i = at; i < at + samples; i++) {
      sum += Math.abs(input[i]);
    }
    return sum / samples;
  }

  private void crossFade(int at, int period, short[] out, int to) {
    for (int i = 0; i < period; i++) {
      float share = (i + 0.5f) / period;
      out[to + i] = Pcm16.of(input[at + i] * (1 - share) + input[at + period + i] * share);
    }
  }

  private void copy(int at, int samples, short[] out, int to) {
    for (int i = 0; i < samples; i++) {
      out[to + i] = (short) input[at + i];
    }
  }
}
