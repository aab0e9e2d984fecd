package dev.livedub.core.dub;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.TranslatorEvent;
import dev.livedub.core.translate.TranslatorListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A translator that does as the test says, well or badly. */
final class ScriptedTranslator implements Translator {

  private record Later(long dueMicros, int number, TranslatorEvent event) {}

  private final Function<SpeechChunk, SendResult> script;
  private final Queue<Later> later =
      new PriorityQueue<>(
          Comparator.comparingLong(Later::dueMicros).thenComparingInt(Later::number));
  private int numbers;
  final List<SpeechChunk> taken = new ArrayList<>();
  final List<Boolean> mutes = new ArrayList<>();
  int finishes;
  int closes;
  private @Nullable TranslatorListener listener;

  /**
   * @param script called with each chunk; may emit events and throw
   */
  ScriptedTranslator(Function<SpeechChunk, SendResult> script) {
    this.script = script;
  }

  /** Emits at once. */
  void emit(TranslatorEvent event) {
    TranslatorListener receiver = listener;
    if (receiver != null) {
      receiver.onEvent(event);
    }
  }

  /** Emits when a chunk of that media time is sent. */
  void emitAt(long dueMicros, TranslatorEvent event) {
    later.add(new Later(dueMicros, numbers++, event));
  }

  @Override
  public void start(TranslatorListener newListener) {
    listener = newListener;
  }

  @Override
  public SendResult send(SpeechChunk chunk) {
    taken.add(chunk);
    SendResult result = script.apply(chunk);
    while (!later.isEmpty() && later.element().dueMicros() <= chunk.mediaMicros()) {
      emit(later.remove().event());
    }
    return result;
  }

  @Override
  public void setMuted(boolean muted) {
    mutes.add(muted);
  }

  @Override
  public void finish() {
    finishes++;
  }

  @Override
  public void close() {
    closes++;
  }
}
