package dev.livedub.gemini.config;

import dev.livedub.core.config.BadValueException;
import java.util.regex.Pattern;

/** Names of the service's models. Whether one exists, only the service can say. */
public final class ModelName {

  /** The continuous interpreter. */
  public static final String DEFAULT = "gemini-3.5-live-translate-preview";

  private static final String PREFIX = "models/";
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private ModelName() {}

  /**
   * Checks the form of a name.
   *
   * @param text with or without {@code models/} before it
   * @return the name alone
   * @throws BadValueException if it cannot be one
   */
  public static String check(String text) {
    String name = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    if (!SHAPE.matcher(name).matches()) {
      throw new BadValueException("the name of a model, such as " + DEFAULT);
    }
    return name;
  }
}
