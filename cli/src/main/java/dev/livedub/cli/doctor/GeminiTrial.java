package dev.livedub.cli.doctor;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.time.Ticker;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.gemini.config.LanguageCodes;
import dev.livedub.gemini.config.ModelName;
import dev.livedub.gemini.config.ServiceAccess;
import dev.livedub.gemini.config.SessionSettings;
import dev.livedub.gemini.session.LiveClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Translates a sentence in a session of Gemini's, and says what came back. */
final class GeminiTrial {

  /** A translation comes 4 s after the sentence; a service that is slow today may take longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Map<String, String> environment;
  private final Consumer<String> out;

  GeminiTrial(Map<String, String> environment, Consumer<String> out) {
    this.environment = environment;
    this.out = out;
  }

  /** Says the sentence as a dub with this configuration would; what a process ends with then. */
  ExitCode run(DubConfig dub) throws InterruptedException {
    try {
      String language = dub.targetLang().orElse(DubSettings.TARGET_LANG.defaultText());
      ModelName.check(dub.gemini().model());
      return tryOut(
          ServiceAccess.find(dub.gemini(), environment),
          SessionSettings.of(dub.gemini().model(), LanguageCodes.resolve(language)));
    } catch (BadValueException e) {
      out.accept(Diagnosis.fail("session", "none was opened", "expected " + e.expected()).text());
      return ExitCode.CONFIGURATION;
    }
  }

  private ExitCode tryOut(ServiceAccess access, SessionSettings settings)
      throws InterruptedException {
    out.accept(
        String.format(
            "... Gemini Live at %s, model %s, into %s: saying a sentence, %d s at most",
            access.url().host(),
            settings.model(),
            settings.targetLanguage(),
            PATIENCE.toSeconds()));
    Sighting seen;
    try (LiveClient client = new LiveClient()) {
      seen =
          new TrialSession(
                  client.sessions(access, settings).create(Optional.empty()), Ticker.SYSTEM)
              .run(new TestSpeech(), PATIENCE);
    }
    List<Diagnosis> lines = GeminiFindings.of(seen);
    lines.forEach(line -> out.accept(line.text()));
    return GeminiFindings.exitCode(lines, seen);
  }
}
