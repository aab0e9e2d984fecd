package dev.livedub.core.translate;

import dev.livedub.core.translate.TranslatorEvent.Finished;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.SourceKept;

/**
 * Leaves everything as it is: answers each chunk at once with the word that its span is kept.
 *
 * <p><b>Threading:</b> as {@link Translator}; events come from inside {@code start}, {@code send}
 * and {@code finish}.
 */
public final class PassthroughTranslator implements Translator {

  private final LocalSession session = new LocalSession();

  @Override
  public void start(TranslatorListener listener) {
    session.start(listener);
    session.emit(new Health(Health.State.READY, "passthrough"));
  }

  @Override
  public SendResult send(SpeechChunk chunk) {
    if (!session.isOpen()) {
      return SendResult.CLOSED;
    }
    session.emit(new SourceKept(chunk.mediaMicros(), chunk.endMicros()));
    return SendResult.ACCEPTED;
  }

  @Override
  public void finish() {
    if (session.finish()) {
      session.emit(new Finished());
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
