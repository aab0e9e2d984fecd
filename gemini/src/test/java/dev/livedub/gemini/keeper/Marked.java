package dev.livedub.gemini.keeper;

import dev.livedub.core.pcm.Pcm16;
import dev.livedub.core.translate.SpeechChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Source and translation that can be told apart: 100 ms of source speech carry their number, and so
 * do the 100 ms of voice that translate them.
 */
final class Marked {

  /** Samples of voice that translate one chunk: 100 ms at 24 kHz. */
  static final int VOICE_SAMPLES = 2_400;

  private static final short MAGIC = 12_345;
  private static final short END_MAGIC = -12_345;
  private static final int MARK_SAMPLES = 4;

  /** So many bodies differ; making one for each chunk would take longer than all else. */
  private static final int BODIES = 61;

  private static final short[][] SPEECH = new short[BODIES][];
  private static final short[][] VOICE = new short[BODIES][];

  static {
    for (int body = 0; body < BODIES; body++) {
      SPEECH[body] = speechBody(body);
      VOICE[body] = voiceBody(body);
    }
  }

  private Marked() {}

  /** Source speech: loud for 60 of the 100 ms. */
  static SpeechChunk speech(int number, long mediaMicros) {
    short[] samples = SPEECH[number % BODIES].clone();
    mark(samples, 0, number);
    return new SpeechChunk(mediaMicros, samples);
  }

  /** Source without speech. */
  static SpeechChunk quiet(int number, long mediaMicros) {
    return new SpeechChunk(mediaMicros, noise(number % BODIES, SpeechChunk.SAMPLES, 20));
  }

  /** Source that is loud for the whole 100 ms, or a little less loud. */
  static SpeechChunk dense(int number, long mediaMicros, double gain) {
    short[] samples = speech(number, mediaMicros).samples();
    for (int i = MARK_SAMPLES; i < samples.length; i++) {
      samples[i] = (short) (samples[i] * gain);
    }
    return new SpeechChunk(mediaMicros, samples);
  }

  /** Voice that translates a chunk; loudness and pitch change from one to the next. */
  static short[] voice(int number, double gain) {
    short[] samples = VOICE[number % BODIES].clone();
    if (gain != 1) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = Pcm16.of((float) (gain * samples[i]));
      }
    }
    mark(samples, 0, number);
    return samples;
  }

  /** Output without voice. */
  static short[] hush(int seed) {
    return noise(seed, VOICE_SAMPLES, 4);
  }

  /** Number of a source chunk, or −1 if it is not speech. */
  static int numberOf(short[] samples) {
    return isMark(samples, 0) ? number(samples, 0) : -1;
  }

  /** Numbers found anywhere in sound. */
  static List<Integer> numbersIn(short[] samples) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i + 3 < samples.length; i++) {
      if (isMark(samples, i)) {
        numbers.add(number(samples, i));
      }
    }
    return numbers;
  }

  private static short[] speechBody(int seed) {
    short[] samples = noise(seed, SpeechChunk.SAMPLES, 20);
    Random random = new Random(seed);
    for (int i = 0; i < 960; i++) {
      samples[i] = (short) (4_000 * Math.sin(i / 14.0) + random.nextInt(2_000) - 1_000);
    }
    return samples;
  }

  private static short[] voiceBody(int seed) {
    short[] samples = new short[VOICE_SAMPLES];
    Random random = new Random(seed * 31L + 7);
    double peak = 3_000 + random.nextInt(6_000);
    double step = 0.03 + random.nextDouble() * 0.09;
    for (int i = 0; i < samples.length; i++) {
      double syllable = 0.55 + 0.45 * Math.sin(2 * Math.PI * i / VOICE_SAMPLES);
      samples[i] = (short) (peak * syllable * Math.sin(i * step));
    }
    return samples;
  }

  private static void mark(short[] samples, int at, int number) {
    samples[at] = MAGIC;
    samples[at + 1] = (short) (number / 10_000);
    samples[at + 2] = (short) (number % 10_000);
    samples[at + 3] = END_MAGIC;
  }

  private static boolean isMark(short[] samples, int at) {
    return samples.length > at + 3 && samples[at] == MAGIC && samples[at + 3] == END_MAGIC;
  }

  private static int number(short[] samples, int at) {
    return samples[at + 1] * 10_000 + samples[at + 2];
  }

  private static short[] noise(int seed, int count, int peak) {
    Random random = new Random(seed);
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) (random.nextInt(2 * peak + 1) - peak);
    }
    return samples;
  }
}
