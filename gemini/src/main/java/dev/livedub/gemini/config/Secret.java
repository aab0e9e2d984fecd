package dev.livedub.gemini.config;

import dev.livedub.core.log.MaskedUrl;

/** A text that does not show itself: neither printed, nor logged, nor in a message. */
public final class Secret {

  private final String value;

  /** Takes a text into keeping. */
  public Secret(String value) {
    this.value = value;
  }

  /** The text itself, for the one place that sends it. */
  public String reveal() {
    return value;
  }

  /** The given text with every occurrence of this one masked. */
  public String hideIn(String text) {
    return value.isEmpty() ? text : text.replace(value, MaskedUrl.MASK);
  }

  @Override
  public String toString() {
    return MaskedUrl.MASK;
  }
}
