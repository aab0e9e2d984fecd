package dev.livedub.orchestrator.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A text that must not be shown. */
public final class Secret {

  private final String text;

  /** A secret. */
  public Secret(String text) {
    this.text = text;
  }

  /** The text itself, for where it is needed. */
  public String reveal() {
    return text;
  }

  /** Whether a text is the secret; takes the same time whatever of it is right. */
  public boolean matches(String other) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "***";
  }
}
