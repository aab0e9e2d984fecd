package dev.livedub.gemini.keeper;

import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Says where each utterance of the dub lies: where its source lies, but never before the end of the
 * utterance before it, and never beyond the source that was heard.
 *
 * <p>Only the first piece of an utterance is placed; the others follow it.
 *
 * <p><b>Threading:</b> one thread.
 */
final class UtteranceEmitter {

  private final Consumer<DubAudio> out;
  private long endMicros = Long.MIN_VALUE;

  UtteranceEmitter(Consumer<DubAudio> out) {
    this.out = out;
  }

  /**
   * Emits a piece.
   *
   * @param sourceEndMicros end of the source heard so far
   */
  void emit(Voice voice, long sourceEndMicros) {
    long lengthMicros = voice.samples().length * 1_000_000L / DubAudio.SAMPLE_RATE_HZ;
    OptionalLong place = OptionalLong.empty();
    if (voice.onset()) {
      long wantedMicros = Math.max(voice.wantedMicros(), endMicros);
      if (wantedMicros < sourceEndMicros) {
        place = OptionalLong.of(wantedMicros);
        endMicros = wantedMicros;
      }
    }
    endMicros += lengthMicros;
    out.accept(new DubAudio(voice.samples(), place));
  }
}
