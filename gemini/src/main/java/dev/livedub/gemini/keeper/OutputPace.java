package dev.livedub.gemini.keeper;

import dev.livedub.core.translate.TranslatorEvent.DubAudio;

/**
 * How late a session's output comes, compared with the earliest of late.
 *
 * <p>Output never stops, silence included, and runs nearly as fast as input. So what was sent by
 * the time that a piece of output comes, less the output before it, stays the same but for the
 * drift of the service's clock; what it is more at one time than at another is delay on the way:
 * jitter, or a stall and the burst after it.
 *
 * <p><b>Threading:</b> one thread.
 */
final class OutputPace {

  /** Output over which the earliest is looked for: 10 s; it drifts by 0.3 s in them. */
  static final int WINDOW_PIECES = 40;

  private static final double CHUNK_SAMPLES = DubAudio.SAMPLE_RATE_HZ / 10.0;

  private final double[] leads = new double[WINDOW_PIECES];
  private long outputSamples;
  private int pieces;
  private int pieceSamples;

  /**
   * Takes the next piece of output.
   *
   * @param sentChunks chunks of 100 ms sent by now
   */
  void add(int samples, long sentChunks) {
    leads[pieces++ % WINDOW_PIECES] = sentChunks - outputSamples / CHUNK_SAMPLES;
    outputSamples += samples;
    pieceSamples = samples;
  }

  /** How many of the chunks sent by now were sent after the last piece could have come. */
  long lateChunks() {
    if (pieces == 0) {
      return 0;
    }
    double earliest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(pieces, WINDOW_PIECES); i++) {
      earliest = Math.min(earliest, leads[i]);
    }
    return Math.round(leads[(pieces - 1) % WINDOW_PIECES] - earliest);
  }

  /**
   * Where in the last piece something begins that goes on to its end, from the piece's middle.
   *
   * @param samples from there to the end
   */
  long fromMiddleMicros(int samples) {
    long offset =
        Math.max(-pieceSamples / 2, Math.min(pieceSamples / 2, pieceSamples / 2 - samples));
    return offset * 1_000_000 / DubAudio.SAMPLE_RATE_HZ;
  }
}
