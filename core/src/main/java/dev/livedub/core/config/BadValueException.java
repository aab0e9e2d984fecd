package dev.livedub.core.config;

/** Says that a text cannot be the value of a setting; the message says what was expected. */
public final class BadValueException extends RuntimeException {

  /**
   * A refusal.
   *
   * @param expected what would have been right, as it continues "expected …"
   */
  public BadValueException(String expected) {
    super(expected, null, false, false);
  }

  /** What would have been right. */
  public String expected() {
    return String.valueOf(getMessage());
  }
}
