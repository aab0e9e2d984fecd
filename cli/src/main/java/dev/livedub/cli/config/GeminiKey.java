package dev.livedub.cli.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gemini's key: from the environment only, and never shown. */
public final class GeminiKey {

  /** Strongest first. */
  private static final List<String> VARIABLES = List.of("GEMINI_API_KEY", "GOOGLE_API_KEY");

  private GeminiKey() {}

  /** The variable that holds the key. */
  static Optional<String> variable(Map<String, String> environment) {
    return VARIABLES.stream()
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .findFirst();
  }

  /** The key. */
  public static Optional<String> of(Map<String, String> environment) {
    return variable(environment).map(name -> environment.getOrDefault(name, "").strip());
  }
}
