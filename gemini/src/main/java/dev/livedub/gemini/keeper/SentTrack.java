package dev.livedub.gemini.keeper;

import java.util.OptionalLong;

/**
 * Which media time a session heard when: the media time of each of the last chunks sent to it.
 *
 * <p>Model time advances only with what it is sent, so the place of an answer is counted back in
 * chunks sent, not in seconds gone by: replay, skipped pauses and stalls do not disturb it.
 *
 * <p><b>Threading:</b> one thread.
 */
final class SentTrack {

  /**
   * How many chunks before the newest one an answer's onset usually answers: 3.3 s, the middle of
   * what was measured from onset of speech to first translated word (3.2 to 3.7 s, the first of it
   * being spent on hearing that it is speech).
   */
  static final int LAG_CHUNKS = 33;

  private static final int KEPT = 512;

  private static final long CHUNK_MICROS = 100_000;

  private final long[] mediaMicros = new long[KEPT];
  private final boolean[] ofSource = new boolean[KEPT];
  private long sent;
  private long firstSource = Long.MAX_VALUE;
  private OptionalLong firstSpeech = OptionalLong.empty();
  private long lastSource;
  private long firstSourceMicros;
  private long lastSourceEndMicros;

  /** Notes a chunk of source sound. */
  void source(SourceChunk chunk) {
    if (firstSource == Long.MAX_VALUE) {
      firstSource = sent;
      firstSourceMicros = chunk.startMicros();
    }
    if (firstSpeech.isEmpty() && chunk.speech()) {
      firstSpeech = OptionalLong.of(sent);
    }
    lastSource = sent;
    lastSourceEndMicros = chunk.endMicros();
    add(chunk.startMicros(), true);
  }

  /** Notes a chunk of silence of our own, sent when the source was at that time. */
  void silence(long sourceEndMicros) {
    add(sourceEndMicros, false);
  }

  /** Chunks sent so far. */
  long sent() {
    return sent;
  }

  /** Whether any source sound was sent. */
  boolean hasSource() {
    return firstSource != Long.MAX_VALUE;
  }

  /** End of the newest source sound sent. */
  long sourceEndMicros() {
    return lastSourceEndMicros;
  }

  /** Chunks sent before the first of source sound that somebody spoke in; empty if nobody did. */
  OptionalLong firstSpeech() {
    return firstSpeech;
  }

  /**
   * Media time of the source that an answer refers to whose onset came when so many chunks were
   * sent; always that of source sound, never of our silence: where silence stood in, it is the
   * source next to there. After a silence, an answer may come a little early, and what it answers
   * is then what was said next, however long ago anything was said before.
   */
  long answeredMicros(long sentThen) {
    return answeredMicros(sentThen, LAG_CHUNKS);
  }

  /**
   * The same of a session whose lag is not the usual.
   *
   * @param lagChunks how many chunks before it an answer's onset answers
   */
  long answeredMicros(long sentThen, long lagChunks) {
    long index = Math.max(sentThen - lagChunks, sent - KEPT);
    if (index <= firstSource) {
      return firstSourceMicros;
    }
    if (index > lastSource) {
      return lastSourceEndMicros;
    }
    return Math.min(nearest(index), lastSourceEndMicros);
  }

  private long nearest(long index) {
    for (long away = 0; index + away <= lastSource; away++) {
      if (ofSource[at(index + away)]) {
        return mediaMicros[at(index + away)];
      }
      long before = index - away;
      if (before > sent - KEPT && before >= firstSource && ofSource[at(before)]) {
        return mediaMicros[at(before)] + CHUNK_MICROS;
      }
    }
    return lastSourceEndMicros;
  }

  private void add(long micros, boolean source) {
    mediaMicros[at(sent)] = micros;
    ofSource[at(sent)] = source;
    sent++;
  }

  private static int at(long index) {
    return (int) (index % KEPT);
  }
}
