package dev.livedub.core.translate;

/**
 * A piece of source sound on its way to the translator.
 *
 * @param mediaMicros output-timeline time of the first sample, µs
 * @param samples signed 16-bit mono at {@link #SAMPLE_RATE_HZ}; {@link #SAMPLES} of them, fewer
 *     only in the last chunk of a stream
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer handed over, never compared
public record SpeechChunk(long mediaMicros, short[] samples) {

  /** Sample rate of every chunk. */
  public static final int SAMPLE_RATE_HZ = 16_000;

  /** Duration of a full chunk, in milliseconds. */
  public static final int MILLIS = 100;

  /** Samples in a full chunk. */
  public static final int SAMPLES = SAMPLE_RATE_HZ * MILLIS / 1000;

  /** Output-timeline time just after the last sample, µs. */
  public long endMicros() {
    return mediaMicros + samples.length * 1_000_000L / SAMPLE_RATE_HZ;
  }
}
