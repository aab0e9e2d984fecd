package dev.livedub.gemini.config;

import java.io.IOException;

/** Credentials that cannot be had. */
public final class CredentialsException extends IOException {

  private static final long serialVersionUID = 1;

  private final boolean retryable;

  /** A failure; its message holds no secret. */
  public CredentialsException(String message, IOException cause, boolean retryable) {
    super(message, cause);
    this.retryable = retryable;
  }

  /** Whether it may be otherwise the next moment. */
  public boolean isRetryable() {
    return retryable;
  }
}
