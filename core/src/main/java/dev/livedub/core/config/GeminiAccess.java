package dev.livedub.core.config;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a configuration has to know of Gemini that is not in the configuration.
 *
 * @param missing what the environment lacks to be let in, as it continues "expected …"; empty if it
 *     lacks nothing
 * @param targetLanguage the service's code for a language tag; throws {@link BadValueException} for
 *     a language that it does not translate into
 */
public record GeminiAccess(Optional<String> missing, UnaryOperator<String> targetLanguage) {

  /** No key, and every language tag is as good as another. */
  public static final GeminiAccess NONE =
      new GeminiAccess(Optional.of("a key in the environment"), tag -> tag);
}
