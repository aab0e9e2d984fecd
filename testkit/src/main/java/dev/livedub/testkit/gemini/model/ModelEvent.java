package dev.livedub.testkit.gemini.model;

import java.util.List;

/** What the interpreter has to say. */
public sealed interface ModelEvent {

  /** The input time at which it says it. */
  long atMicros();

  /**
   * A chunk of output, silence included.
   *
   * @param samples 24 kHz mono
   * @param syllables numbers of those that begin in it
   */
  @SuppressWarnings("ArrayRecordComponent") // a buffer handed over, never compared
  record Sound(long atMicros, short[] samples, List<Integer> syllables) implements ModelEvent {}

  /** Words of the source. */
  record SourceWords(long atMicros, String text, String language) implements ModelEvent {}

  /** Words of the translation; no text in a sign of life. */
  record TargetWords(long atMicros, String text, String language) implements ModelEvent {}

  /** Tokens since the event before. */
  record Usage(long atMicros, long inputTokens, long outputTokens) implements ModelEvent {}

  /** Time for a new handle. */
  record HandleDue(long atMicros) implements ModelEvent {}
}
