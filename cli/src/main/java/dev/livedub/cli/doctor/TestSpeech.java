package dev.livedub.cli.doctor;

import dev.livedub.core.translate.SpeechChunk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A spoken sentence of two seconds, then silence for as long as is asked.
 *
 * <p>It is speech, since a service that understands languages has no answer to a sound that merely
 * resembles one.
 */
final class TestSpeech {

  /** What is said. */
  static final String WORDS = "Good morning. This is a test.";

  private static final String FILE = "speech-16k-mono-s16le.raw";

  private final short[] samples;

  TestSpeech() {
    samples = read();
  }

  /** Chunk {@code number}, counted from 0. */
  SpeechChunk chunk(int number) {
    int from = Math.min(samples.length, number * SpeechChunk.SAMPLES);
    int to = Math.min(samples.length, from + SpeechChunk.SAMPLES);
    short[] chunk = Arrays.copyOf(Arrays.copyOfRange(samples, from, to), SpeechChunk.SAMPLES);
    return new SpeechChunk(number * (SpeechChunk.MILLIS * 1_000L), chunk);
  }

  private static short[] read() {
    try (InputStream in = TestSpeech.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("this program lacks its part " + FILE);
      }
      byte[] bytes = in.readAllBytes();
      short[] read = new short[bytes.length / 2];
      for (int i = 0; i < read.length; i++) {
        read[i] = (short) (bytes[2 * i + 1] << 8 | (bytes[2 * i] & 0xff));
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
