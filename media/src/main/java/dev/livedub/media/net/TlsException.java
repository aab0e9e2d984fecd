package dev.livedub.media.net;

import java.io.IOException;

/** Why a server cannot be spoken to in secret: it is not to be trusted, or speaks no TLS. */
public final class TlsException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param words one line for a person
   */
  TlsException(String words, Throwable cause) {
    super(words, cause);
  }
}
