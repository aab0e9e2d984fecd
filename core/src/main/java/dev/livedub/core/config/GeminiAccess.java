package dev.livedub.core.config;

import java.util.function.UnaryOperator;

/**
 * What a configuration has to know of Gemini that is not in the configuration.
 *
 * @param hasKey whether there is a key in the environment
 * @param targetLanguage the service's code for a language tag; throws {@link BadValueException} for
 *     a language that it does not translate into
 */
public record GeminiAccess(boolean hasKey, UnaryOperator<String> targetLanguage) {

  /** No key, and every language tag is as good as another. */
  public static final GeminiAccess NONE = new GeminiAccess(false, tag -> tag);
}
