package dev.livedub.gemini.keeper;

import dev.livedub.core.pcm.SpeechDetector;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.gemini.guard.OutputFrames;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last seconds of source sound, kept so that a session that follows a lost one can be told what
 * that one did not answer.
 *
 * <p>Bounded: the oldest go first.
 *
 * <p><b>Threading:</b> one thread.
 */
final class SourceLine {

  /** What is kept: 20 s. */
  static final int KEPT_CHUNKS = 200;

  private final SpeechDetector detector = new SpeechDetector();
  private final Deque<SourceChunk> kept = new ArrayDeque<>();
  private long endMicros = Long.MIN_VALUE;
  private int pauseChunks;
  private long speechMillis;

  /** Takes the next 100 ms. */
  SourceChunk add(SpeechChunk chunk) {
    boolean speech = detector.isSpeech(chunk.samples());
    SourceChunk added = new SourceChunk(chunk, speech, OutputFrames.levelDbfs(chunk.samples()));
    kept.addLast(added);
    if (kept.size() > KEPT_CHUNKS) {
      kept.removeFirst();
    }
    endMicros = added.endMicros();
    pauseChunks = speech ? 0 : pauseChunks + 1;
    speechMillis += speech ? added.millis() : 0;
    return added;
  }

  /** Whether there was any yet. */
  boolean isEmpty() {
    return kept.isEmpty();
  }

  /** Where the newest ends on the output timeline, µs; meaningless while empty. */
  long endMicros() {
    return endMicros;
  }

  /** Where the oldest that is kept begins; meaningless while empty. */
  long startMicros() {
    return kept.isEmpty() ? endMicros : kept.getFirst().startMicros();
  }

  /** How many of the newest hold no speech. */
  int pauseChunks() {
    return pauseChunks;
  }

  /** What is kept from a time on, oldest first. */
  List<SourceChunk> since(long fromMicros) {
    return kept.stream().filter(chunk -> chunk.startMicros() >= fromMicros).toList();
  }

  /**
   * Speech before a time, from the beginning, in milliseconds; a time before the oldest kept is it.
   */
  long speechMillisBefore(long micros) {
    return speechMillis - speechMillis(micros, Long.MAX_VALUE);
  }

  /** Speech in {@code [fromMicros, toMicros)} as far as it is kept, in milliseconds. */
  long speechMillis(long fromMicros, long toMicros) {
    return kept.stream()
        .filter(chunk -> chunk.speech())
        .filter(chunk -> chunk.startMicros() >= fromMicros && chunk.startMicros() < toMicros)
        .mapToLong(SourceChunk::millis)
        .sum();
  }

  /** Start of the quietest chunk within a span around a time; the time itself if none is kept. */
  long quietestNear(long micros, long spanMicros) {
    long at = micros;
    double quietest = Double.POSITIVE_INFINITY;
    for (SourceChunk chunk : kept) {
      if (Math.abs(chunk.startMicros() - micros) <= spanMicros && chunk.levelDbfs() < quietest) {
        quietest = chunk.levelDbfs();
        at = chunk.startMicros();
      }
    }
    return at;
  }

  /** Start of the first speech that begins, after a pause, at or after a time; else the end. */
  long nextOnset(long micros) {
    boolean paused = false;
    for (SourceChunk chunk : kept) {
      if (chunk.startMicros() < micros) {
        continue;
      }
      if (chunk.speech() && paused) {
        return chunk.startMicros();
      }
      paused |= !chunk.speech();
    }
    return endMicros;
  }
}
