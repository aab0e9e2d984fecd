package dev.livedub.gemini.keeper;

import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Says where the source of each piece of the dub probably lies: in order, and never beyond the
 * source that was heard. Where the voice is laid is not decided here.
 *
 * <p><b>Threading:</b> one thread.
 */
final class UtteranceEmitter {

  private final Consumer<DubAudio> out;
  private long lastMicros = Long.MIN_VALUE;
  private int session;

  UtteranceEmitter(Consumer<DubAudio> out) {
    this.out = out;
  }

  /**
   * Emits a piece.
   *
   * @param sourceEndMicros end of the source heard so far
   */
  void emit(Voice voice, long sourceEndMicros) {
    lastMicros = Math.max(lastMicros, Math.min(voice.wantedMicros(), sourceEndMicros - 1));
    out.accept(new DubAudio(voice.samples(), OptionalLong.of(lastMicros), place(voice)));
  }

  private DubAudio.Place place(Voice voice) {
    if (voice.session() != session) {
      session = voice.session();
      return DubAudio.Place.BEGINS_ANEW;
    }
    return voice.onset() ? DubAudio.Place.BEGINS : DubAudio.Place.GOES_ON;
  }
}
