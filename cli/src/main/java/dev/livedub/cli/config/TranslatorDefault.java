package dev.livedub.cli.config;

import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.TranslatorChoice;
import dev.livedub.core.config.TranslatorKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says which translator is taken if nobody names one: Gemini as soon as there is a key. */
public final class TranslatorDefault {

  private static final List<String> KEY_VARIABLES = List.of("GEMINI_API_KEY", "GOOGLE_API_KEY");

  private TranslatorDefault() {}

  /**
   * The choice there is.
   *
   * @param available translators this program has
   * @param gemini what is known of the way to Gemini
   */
  public static TranslatorChoice choice(
      Map<String, String> environment, List<TranslatorKind> available, GeminiAccess gemini) {
    Optional<String> key =
        KEY_VARIABLES.stream()
            .filter(name -> !environment.getOrDefault(name, "").isBlank())
            .findFirst();
    return new TranslatorChoice(
        available,
        key.isPresent() ? TranslatorKind.GEMINI : TranslatorKind.PASSTHROUGH,
        key.map(name -> "default, as " + name + " is set").orElse("default"),
        gemini);
  }
}
