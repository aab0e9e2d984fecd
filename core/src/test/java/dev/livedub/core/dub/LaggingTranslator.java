package dev.livedub.core.dub;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.TranslatorEvent;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Finished;
import dev.livedub.core.translate.TranslatorListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers every chunk with 100 ms of voice a constant time later, on a clock that the test moves,
 * also after it was told that no more will come.
 */
final class LaggingTranslator implements Translator {

  private record Later(long dueMicros, TranslatorEvent event) {}

  private final long lagMicros;
  private final Function<SpeechChunk, short[]> voice;
  private final Queue<Later> later = new ArrayDeque<>();
  final List<Long> taken = new ArrayList<>();
  final List<Boolean> mutes = new ArrayList<>();
  boolean saysFinished = true;
  boolean started;
  boolean finished;
  boolean closed;
  private long lastMicros;
  private @Nullable TranslatorListener listener;

  /**
   * @param voice the voice that answers a chunk, as long as it
   */
  LaggingTranslator(long lagMicros, Function<SpeechChunk, short[]> voice) {
    this.lagMicros = lagMicros;
    this.voice = voice;
  }

  /** Lets time go by, to a media time that has been read. */
  void advance(long nowMicros) {
    while (!closed && !later.isEmpty() && later.element().dueMicros() <= nowMicros) {
      emit(later.remove().event());
    }
  }

  /** Emits at once. */
  void emit(TranslatorEvent event) {
    TranslatorListener receiver = listener;
    if (receiver != null) {
      receiver.onEvent(event);
    }
  }

  @Override
  public void start(TranslatorListener newListener) {
    started = true;
    listener = newListener;
  }

  @Override
  public SendResult send(SpeechChunk chunk) {
    if (finished || closed) {
      return SendResult.CLOSED;
    }
    taken.add(chunk.mediaMicros());
    lastMicros = chunk.mediaMicros();
    DubAudio audio = new DubAudio(voice.apply(chunk), OptionalLong.of(chunk.mediaMicros()));
    later.add(new Later(chunk.mediaMicros() + lagMicros, audio));
    return SendResult.ACCEPTED;
  }

  @Override
  public void setMuted(boolean muted) {
    mutes.add(muted);
  }

  @Override
  public void finish() {
    finished = true;
    if (saysFinished) {
      later.add(new Later(lastMicros + lagMicros, new Finished()));
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
