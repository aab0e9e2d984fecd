package dev.livedub.testkit.gemini.model;

import dev.livedub.core.pcm.SpeechDetector;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.voice.MarkedSpeech;
import dev.livedub.testkit.gemini.voice.MarkedSpeechReader;
import dev.livedub.testkit.gemini.voice.MarkedVoice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Understands the input: marked speech by its marks, any other by its energy, half second by half
 * second.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class Ear {

  private static final long BLOCK_MICROS = MarkedSpeech.BLOCK_MILLIS * 1_000L;
  private static final int BLOCK_CHUNKS = MarkedSpeech.BLOCK_MILLIS / SpeechChunk.MILLIS;
  private static final int SPEECH_CHUNKS = 2;
  private static final long DECIDE_AFTER_MICROS = 400_000;
  private static final long MARKS_RULE_MICROS = 5_000_000;
  private static final int UNMARKED_NUMBERS = MarkedSpeech.NUMBERS - MarkedSpeech.FIRST_UNMARKED;

  private final MarkedSpeechReader reader =
      new MarkedSpeechReader(SpeechChunk.SAMPLE_RATE_HZ, MarkedVoice.SOURCE);
  private final SpeechDetector detector = new SpeechDetector();
  private final short[] chunk = new short[SpeechChunk.SAMPLES];
  private final Deque<Long> spokenBlocks = new ArrayDeque<>();
  private int filled;
  private long chunks;
  private int speechInBlock;
  private long lastMarkMicros = Long.MIN_VALUE / 2;

  /**
   * What was understood.
   *
   * @param number of the mark, or of the session's half second
   * @param onsetMicros in the input
   */
  record Understood(int number, long onsetMicros) {}

  /** Hears the next samples and gives what is understood by now, in order. */
  List<Understood> hear(short[] samples) {
    reader.feed(samples);
    for (short sample : samples) {
      chunk[filled++] = sample;
      if (filled == chunk.length) {
        filled = 0;
        detect();
      }
    }
    List<Understood> understood = new ArrayList<>();
    for (Mark mark : reader.take()) {
      lastMarkMicros = mark.startMicros();
      understood.add(new Understood(mark.number(), mark.startMicros()));
    }
    addUnmarked(understood);
    return understood;
  }

  private void detect() {
    if (detector.isSpeech(Arrays.copyOf(chunk, chunk.length))) {
      speechInBlock++;
    }
    chunks++;
    if (chunks % BLOCK_CHUNKS == 0) {
      if (speechInBlock >= SPEECH_CHUNKS) {
        spokenBlocks.addLast(chunks / BLOCK_CHUNKS - 1);
      }
      speechInBlock = 0;
    }
  }

  /** Speech is unmarked if no mark was heard for a while: marks are known 0.5 s after onset. */
  private void addUnmarked(List<Understood> understood) {
    long heardMicros = reader.heardMicros();
    while (!spokenBlocks.isEmpty()
        && (spokenBlocks.getFirst() + 1) * BLOCK_MICROS + DECIDE_AFTER_MICROS <= heardMicros) {
      long block = spokenBlocks.removeFirst();
      if (block * BLOCK_MICROS - lastMarkMicros > MARKS_RULE_MICROS) {
        int number = MarkedSpeech.FIRST_UNMARKED + (int) (block % UNMARKED_NUMBERS);
        understood.add(new Understood(number, block * BLOCK_MICROS));
      }
    }
  }
}
