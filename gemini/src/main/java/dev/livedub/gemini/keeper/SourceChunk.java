package dev.livedub.gemini.keeper;

import dev.livedub.core.translate.SpeechChunk;

/**
 * 100 ms of source sound, and what was found in it.
 *
 * @param speech whether somebody speaks
 * @param levelDbfs RMS level
 */
record SourceChunk(SpeechChunk chunk, boolean speech, double levelDbfs) {

  long startMicros() {
    return chunk.mediaMicros();
  }

  long endMicros() {
    return chunk.endMicros();
  }

  long millis() {
    return chunk.samples().length * 1_000L / SpeechChunk.SAMPLE_RATE_HZ;
  }
}
