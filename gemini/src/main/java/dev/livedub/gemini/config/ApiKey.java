package dev.livedub.gemini.config;

import dev.livedub.core.config.BadValueException;
import java.util.Map;
import java.util.Optional;

/**
 * A developer's key. It travels in a header, since what is in an address ends up in logs.
 *
 * @param key printable, without blanks
 */
public record ApiKey(Secret key) implements Credentials {

  /** Variables that may hold the key, the first that is set wins. */
  public static final String VARIABLE = "GEMINI_API_KEY";

  /** The other variable. */
  public static final String OTHER_VARIABLE = "GOOGLE_API_KEY";

  /** What is missing where there is none. */
  public static final String EXPECTED =
      "a key in " + VARIABLE + " or " + OTHER_VARIABLE + " (from aistudio.google.com/apikey)";

  private static final String HEADER = "x-goog-api-key";

  /**
   * Reads the key from the environment.
   *
   * @return empty if no variable has one
   * @throws BadValueException if it holds what no key and no header can; does not quote it
   */
  public static Optional<ApiKey> find(Map<String, String> environment) {
    String text = environment.getOrDefault(VARIABLE, "").strip();
    if (text.isEmpty()) {
      text = environment.getOrDefault(OTHER_VARIABLE, "").strip();
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    // The HTTP library quotes a header's value when it complains of a character in it.
    if (text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new BadValueException(
          "a key of letters, digits and signs, without blanks, in "
              + VARIABLE
              + " or "
              + OTHER_VARIABLE);
    }
    return Optional.of(new ApiKey(new Secret(text)));
  }

  @Override
  public Map<String, Secret> headers() {
    return Map.of(HEADER, key);
  }
}
