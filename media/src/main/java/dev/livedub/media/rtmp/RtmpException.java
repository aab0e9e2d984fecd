package dev.livedub.media.rtmp;

import java.io.IOException;

/** Why a server does not take a stream, or no longer. */
public final class RtmpException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Whose word it is. */
  public enum Reason {
    /** The server said no. */
    DENIED,
    /** The server ended the connection before it granted the stream, without a word. */
    HUNG_UP,
    /** The connection could not be made, broke, or is not RTMP. */
    LOST
  }

  private final Reason reason;

  /**
   * A failure.
   *
   * @param words one line for a person; may repeat what the server said, secrets and all
   */
  RtmpException(Reason reason, String words) {
    super(words);
    this.reason = reason;
  }

  RtmpException(String words, Throwable cause) {
    super(words, cause);
    this.reason = Reason.LOST;
  }

  /** Whose word it is. */
  public Reason reason() {
    return reason;
  }
}
