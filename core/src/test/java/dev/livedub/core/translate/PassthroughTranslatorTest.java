package dev.livedub.core.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.SourceKept;
import org.junit.jupiter.api.Test;

class PassthroughTranslatorTest extends TranslatorContract {

  @Override
  protected Translator create() {
    return new PassthroughTranslator();
  }

  @Test
  void send_anything_keepsExactlyItsSpan() {
    EventLog log = new EventLog();
    try (Translator translator = create()) {
      translator.start(log);
      SpokenChunks.speech(700_000, 3).forEach(translator::send);
    }

    assertThat(log.all(SourceKept.class))
        .containsExactly(
            new SourceKept(700_000, 800_000),
            new SourceKept(800_000, 900_000),
            new SourceKept(900_000, 1_000_000));
    assertThat(log.all(DubAudio.class)).isEmpty();
  }
}
