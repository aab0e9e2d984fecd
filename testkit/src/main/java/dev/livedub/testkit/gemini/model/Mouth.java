package dev.livedub.testkit.gemini.model;

import dev.livedub.core.pcm.Pcm16;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.testkit.gemini.voice.MarkedSpeech;
import dev.livedub.testkit.gemini.voice.MarkedVoice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Says syllables, in chunks of 250 ms, silence included, for ever.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class Mouth {

  /** Samples in a chunk. */
  static final int CHUNK_SAMPLES = DubAudio.SAMPLE_RATE_HZ / 4;

  private static final double CHUNK_MICROS = 250_000;
  private static final float FULL_SCALE = 32_767;
  private static final double TONE_LEVEL = 0.7;
  private static final double TONE_HZ = 1_000;

  private final MarkedSpeech voice = new MarkedSpeech(DubAudio.SAMPLE_RATE_HZ, MarkedVoice.DUB);
  private final int syllableMillis;
  private final Deque<Syllable> waiting = new ArrayDeque<>();
  private float[] syllable = new float[0];
  private int said;
  private double nextMicros;
  private double rate = 1;
  private double gain = 1;
  private long zeroUntilMicros;
  private long toneUntilMicros;
  private long toneSample;

  /**
   * @param firstMicros when the first chunk begins, by input time
   * @param syllableMillis how long a syllable sounds
   */
  Mouth(long firstMicros, int syllableMillis) {
    nextMicros = firstMicros;
    this.syllableMillis = syllableMillis;
  }

  void add(Syllable next) {
    waiting.addLast(next);
  }

  void rate(double factor) {
    rate = factor;
  }

  void gain(double factor) {
    gain = factor;
  }

  void zeroUntil(long micros) {
    zeroUntilMicros = micros;
  }

  void toneUntil(long micros) {
    toneUntilMicros = micros;
  }

  double rate() {
    return rate;
  }

  double gain() {
    return gain;
  }

  boolean isZeroAt(long micros) {
    return micros < zeroUntilMicros;
  }

  boolean hasToneAt(long micros) {
    return micros < toneUntilMicros;
  }

  /** When the next chunk is due, by input time. */
  long nextMicros() {
    return (long) nextMicros;
  }

  /** The next chunk; it holds what is said from {@link #nextMicros} on. */
  ModelEvent.Sound next() {
    long atMicros = nextMicros();
    short[] samples = new short[CHUNK_SAMPLES];
    List<Integer> numbers = new ArrayList<>();
    double microsPerSample = CHUNK_MICROS / rate / CHUNK_SAMPLES;
    for (int i = 0; i < CHUNK_SAMPLES; i++) {
      double micros = nextMicros + i * microsPerSample;
      if (said >= syllable.length
          && !waiting.isEmpty()
          && waiting.getFirst().outMicros() <= micros) {
        Syllable next = waiting.removeFirst();
        syllable = voice.syllable(next.number(), syllableMillis);
        said = 0;
        numbers.add(next.number());
      }
      samples[i] = sample(said < syllable.length ? syllable[said++] : 0, micros);
    }
    nextMicros += CHUNK_MICROS / rate;
    return new ModelEvent.Sound(atMicros, samples, numbers);
  }

  private short sample(float spoken, double micros) {
    if (micros < toneUntilMicros) {
      double turns = TONE_HZ * toneSample++ / DubAudio.SAMPLE_RATE_HZ;
      return Pcm16.of((float) (FULL_SCALE * TONE_LEVEL * Math.sin(2 * Math.PI * turns)));
    }
    return micros < zeroUntilMicros ? 0 : Pcm16.of((float) (FULL_SCALE * gain * spoken));
  }
}
