package dev.livedub.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.translate.EventLog;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.TranslatorContract;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.gemini.keeper.KeeperSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The port's contract, over sessions that answer in this JVM. */
class GeminiTranslatorContractTest extends TranslatorContract {

  private final EchoService service = new EchoService();

  @Override
  protected Translator create() {
    return new GeminiTranslator(KeeperSettings.of("es"), service, "contract", MeterSink.NONE);
  }

  @Override
  protected void stallService() {
    service.stall();
  }

  @Test
  void defect_inASession_endsTranslationAndSaysSo() {
    EventLog log = new EventLog();
    try (GeminiTranslator translator =
        new GeminiTranslator(
            KeeperSettings.of("es"),
            handle -> {
              throw new IllegalStateException("broken");
            },
            "defect",
            MeterSink.NONE)) {
      translator.start(log);

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(log.all(Health.class))
                      .extracting(Health::state)
                      .contains(Health.State.FAILED));
    }
  }

  @Test
  void muted_saysSo() {
    EventLog log = new EventLog();
    try (GeminiTranslator translator =
        new GeminiTranslator(KeeperSettings.of("es"), service, "muted", MeterSink.NONE)) {
      translator.start(log);
      translator.setMuted(true);

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(log.all(Health.class))
                      .extracting(Health::cause)
                      .contains(Health.Cause.MUTED));
    }
  }
}
