package dev.livedub.testkit.gemini;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.testkit.gemini.record.ClientFault;
import dev.livedub.testkit.gemini.voice.MarkedSpeech;
import java.util.function.BiConsumer;

/**
 * Watches the input of one session for what the client does wrong: size, rate, pace, order.
 *
 * <p><b>Threading</b>: the connection's event loop only.
 */
final class InputWatch {

  private static final int CHUNK_BYTES = 2 * SpeechChunk.SAMPLES;
  private static final int HALF_NUMBERS = MarkedSpeech.FIRST_UNMARKED / 2;

  private final GeminiSimOptions options;
  private final BiConsumer<ClientFault, String> report;
  private long budgetNanos;
  private long lastNanos;
  private boolean started;
  private boolean ahead;
  private boolean ended;
  private int shortChunkBytes;
  private int lastNumber = -1;

  InputWatch(GeminiSimOptions options, BiConsumer<ClientFault, String> report) {
    this.options = options;
    this.report = report;
  }

  /** A chunk came. */
  void chunk(int sizeBytes, int sampleRateHz, long nowNanos) {
    if (sampleRateHz != SpeechChunk.SAMPLE_RATE_HZ || sizeBytes % 2 != 0) {
      report.accept(ClientFault.WRONG_FORMAT, sizeBytes + " bytes at " + sampleRateHz + " Hz");
    }
    size(sizeBytes);
    pace(sizeBytes / 2 * 1_000_000_000L / SpeechChunk.SAMPLE_RATE_HZ, nowNanos);
  }

  /** The client said that no more sound comes for now. */
  void streamEnd() {
    ended = true;
    shortChunkBytes = 0;
  }

  /** A syllable of that number was understood. */
  void heard(int number) {
    boolean back = number <= lastNumber && lastNumber - number < HALF_NUMBERS;
    if (number < MarkedSpeech.FIRST_UNMARKED) {
      if (back) {
        report.accept(ClientFault.WRONG_ORDER, number + " after " + lastNumber);
      }
      lastNumber = number;
    }
  }

  /** A last chunk may be short; that it was not the last is known when another comes. */
  private void size(int sizeBytes) {
    if (shortChunkBytes > 0) {
      report.accept(ClientFault.WRONG_CHUNK_SIZE, shortChunkBytes + " bytes");
    }
    shortChunkBytes = 0;
    if (sizeBytes > CHUNK_BYTES || sizeBytes == 0) {
      report.accept(ClientFault.WRONG_CHUNK_SIZE, sizeBytes + " bytes");
    } else if (sizeBytes < CHUNK_BYTES) {
      shortChunkBytes = sizeBytes;
    }
  }

  /**
   * How far the sound is ahead of real time. Time that passes without sound cannot be made up for:
   * the account never falls below nothing, so sending faster after a gap counts as too fast.
   */
  private void pace(long soundNanos, long nowNanos) {
    long elapsedNanos = started ? nowNanos - lastNanos : 0;
    if (started && !ended && elapsedNanos > options.gapLimit().toNanos()) {
      report.accept(ClientFault.INPUT_GAP, elapsedNanos / 1_000_000 + " ms without sound");
    }
    budgetNanos = Math.max(0, budgetNanos - elapsedNanos) + soundNanos;
    boolean tooFast = budgetNanos > options.paceSlack().toNanos();
    if (tooFast && !ahead) {
      report.accept(ClientFault.TOO_FAST, budgetNanos / 1_000_000 + " ms ahead of real time");
    }
    ahead = tooFast;
    started = true;
    ended = false;
    lastNanos = nowNanos;
  }
}
