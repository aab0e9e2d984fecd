package dev.livedub.media.ffmpeg;

import dev.livedub.core.worker.ExitCode;

/** What can go wrong with media in operation, grouped by whose fault it is. */
public final class MediaException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Whose fault, and whether trying again can help. */
  public enum Fault {
    /** The input could not be reached, or is not there yet. */
    INPUT_UNREACHABLE(ExitCode.INPUT_NOT_READY, true),
    /** The input will not be had by waiting: no such file, not authorised. */
    INPUT_REFUSED(ExitCode.INPUT_NOT_READY, false),
    /** The input holds nothing that can be carried. */
    INPUT_CODEC(ExitCode.INPUT_CODEC_REFUSED, false),
    /** The input was there and went away or fell silent. */
    INPUT_LOST(ExitCode.RETRIES_SPENT, true),
    /** The destination could not be reached, or went away or stopped taking data. */
    OUTPUT_LOST(ExitCode.RETRIES_SPENT, true),
    /** The destination ended the connection before it granted the stream, without a word. */
    OUTPUT_HUNG_UP(ExitCode.DESTINATION_REFUSED, true),
    /** The destination said no. */
    OUTPUT_DENIED(ExitCode.DESTINATION_REFUSED, false),
    /** A fault of this program or of its libraries. */
    INTERNAL(ExitCode.INTERNAL, false);

    private final ExitCode exitCode;
    private final boolean retryable;

    Fault(ExitCode exitCode, boolean retryable) {
      this.exitCode = exitCode;
      this.retryable = retryable;
    }

    /** How a worker ends that cannot get over this fault. */
    public ExitCode exitCode() {
      return exitCode;
    }

    /** Whether trying again can help. */
    public boolean isRetryable() {
      return retryable;
    }
  }

  private final Fault fault;
  private final String words;

  /**
   * A fault.
   *
   * @param message one line for a person, without secrets
   */
  public MediaException(Fault fault, String message) {
    super(message);
    this.fault = fault;
    this.words = message;
  }

  /** A fault with what caused it. */
  public MediaException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
    this.words = message;
  }

  @Override
  public String getMessage() {
    return words;
  }

  /** Whose fault it is. */
  public Fault fault() {
    return fault;
  }
}
