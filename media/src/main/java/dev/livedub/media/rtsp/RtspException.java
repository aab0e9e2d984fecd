package dev.livedub.media.rtsp;

/** Why an RTSP server cannot be had, or cannot be had any longer. */
public final class RtspException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What kind of failure, for those who must decide what to do about it. */
  public enum Reason {
    /** The address makes no sense. */
    BAD_ADDRESS,
    /** No connection: unknown host, refused, no route. */
    UNREACHABLE,
    /** The server's certificate is not to be trusted. */
    UNTRUSTED,
    /** The server answered 401 or 403. */
    DENIED,
    /** The server answered with another error, such as 404. */
    STATUS,
    /** What the server offers cannot be received here. */
    UNSUPPORTED,
    /** What came is not RTSP. */
    RUBBISH,
    /** The connection broke, or ended in the middle of a conversation. */
    BROKEN,
    /** The time limit passed. */
    OUT_OF_TIME,
    /** Somebody called {@link RtspClient#cancel}. */
    CANCELLED
  }

  private final Reason reason;

  RtspException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  RtspException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What kind of failure. */
  public Reason reason() {
    return reason;
  }
}
