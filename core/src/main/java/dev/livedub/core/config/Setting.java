package dev.livedub.core.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * One setting: what it is called, what it may be, and how its text is read. The flag, the variable,
 * the key of the file, the help and the documentation are all made from it or checked against it.
 *
 * @param key name in the file; the flag is {@code --key}, the variable {@code LIVEDUB_KEY}
 * @param placeholder stands for the value in the help
 * @param kind how often it may be given, and whether it takes a value
 * @param defaultText default as a person reads it; empty if there is none
 * @param expected what a right value is, as it continues "expected …"
 * @param description one sentence for the help
 * @param parser reads one text; throws {@link BadValueException}
 */
public record Setting<T>(
    String key,
    String placeholder,
    Kind kind,
    String defaultText,
    String expected,
    String description,
    Function<String, T> parser) {

  /** How a setting is given. */
  public enum Kind {
    /** Once, with a value. */
    VALUE,
    /** Any number of times, each with a value. */
    LIST,
    /** True by being there. */
    FLAG
  }

  /** A setting with one value. */
  public static <T> Setting<T> value(
      String key,
      String placeholder,
      String defaultText,
      String expected,
      String description,
      Function<String, T> parser) {
    return new Setting<>(key, placeholder, Kind.VALUE, defaultText, expected, description, parser);
  }

  /** The command line's name. */
  public String flag() {
    return "--" + key;
  }

  /** The environment's name. */
  public String variable() {
    return "LIVEDUB_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * Reads a text.
   *
   * @throws BadValueException if it cannot be a value
   */
  public T parse(String text) {
    return parser.apply(text.strip());
  }
}
