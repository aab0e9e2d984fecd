package dev.livedub.core.config;

import dev.livedub.core.log.MaskedUrl;

/**
 * One thing wrong with a configuration.
 *
 * @param key key of the setting, or the unknown word
 * @param origin where the value came from: a flag, a variable, a line of a file
 * @param value the text at fault, empty if there was none; shown with secrets masked
 * @param expected what would have been right
 */
public record ConfigProblem(String key, String origin, String value, String expected) {

  private static final int MAX_SHOWN_CHARS = 200;

  /** A problem with a value that is not there at all. */
  public static ConfigProblem missing(String key, String origin, String expected) {
    return new ConfigProblem(key, origin, "", expected);
  }

  /** One line for a person. */
  public String line() {
    String shown = value.isEmpty() ? "" : " = \"" + shown() + "\"";
    return key + shown + " (" + origin + "): expected " + expected;
  }

  private String shown() {
    String masked = MaskedUrl.inText(MaskedUrl.of(value)).replaceAll("\\p{Cntrl}", "?");
    return masked.length() <= MAX_SHOWN_CHARS ? masked : masked.substring(0, MAX_SHOWN_CHARS) + "…";
  }
}
