package dev.livedub.core.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes chunks of made-up sound. */
public final class SpokenChunks {

  /** Length of a full chunk, µs. */
  public static final long CHUNK_MICROS = SpeechChunk.MILLIS * 1_000L;

  private SpokenChunks() {}

  /** Chunks of bursts that come and go four times a second over faint noise. */
  public static List<SpeechChunk> speech(long fromMicros, int count) {
    return chunks(fromMicros, count, 8_000);
  }

  /** Chunks of faint noise. */
  public static List<SpeechChunk> quiet(long fromMicros, int count) {
    return chunks(fromMicros, count, 0);
  }

  private static List<SpeechChunk> chunks(long fromMicros, int count, double peak) {
    Random random = new Random(3);
    List<SpeechChunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      short[] samples = new short[SpeechChunk.SAMPLES];
      for (int n = 0; n < samples.length; n++) {
        double second = (i * SpeechChunk.SAMPLES + n) / (double) SpeechChunk.SAMPLE_RATE_HZ;
        double syllable = Math.pow(Math.sin(Math.PI * 4 * second), 2);
        double voice = peak * syllable * Math.sin(2 * Math.PI * 180 * second);
        samples[n] = (short) (voice + random.nextInt(41) - 20);
      }
      chunks.add(new SpeechChunk(fromMicros + i * CHUNK_MICROS, samples));
    }
    return chunks;
  }
}
