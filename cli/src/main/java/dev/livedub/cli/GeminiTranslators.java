package dev.livedub.cli;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.GeminiConfig;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.gemini.GeminiTranslator;
import dev.livedub.gemini.config.ServiceAccess;
import dev.livedub.gemini.config.SessionSettings;
import dev.livedub.gemini.keeper.KeeperSettings;
import dev.livedub.gemini.money.MoneySettings;
import dev.livedub.gemini.session.LiveClient;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes Gemini's translators around the one client of this process.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Ownership:</b> closed after all its translators.
 */
final class GeminiTranslators implements TranslatorFactory, AutoCloseable {

  private final Map<String, String> environment;
  private @Nullable LiveClient client;

  /**
   * A factory that has connected nothing.
   *
   * @param environment where the key is
   */
  GeminiTranslators(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Translator create(DubConfig config, MeterSink meters) {
    String language =
        config.targetLang().orElseThrow(() -> new IllegalArgumentException("no target language"));
    KeeperSettings keeper = KeeperSettings.of(language).with(money(config.gemini()));
    SessionSettings sessions =
        SessionSettings.of(config.gemini().model(), keeper.targetLanguage())
            .withEcho(keeper.echoTargetLanguage());
    return new GeminiTranslator(
        keeper,
        client().sessions(ServiceAccess.find(config.gemini(), environment), sessions),
        config.streamId(),
        meters);
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }

  private synchronized LiveClient client() {
    LiveClient made = client;
    if (made == null) {
      made = new LiveClient();
      client = made;
    }
    return made;
  }

  private static MoneySettings money(GeminiConfig gemini) {
    return MoneySettings.DEFAULT
        .withBudget(gemini.budget().perHourUsd(), gemini.budget().totalUsd())
        .withSuspendAfter(gemini.suspendAfter());
  }
}
