package dev.livedub.core.worker;

/** Why a worker ended, as the process exit code that says so. */
public enum ExitCode {
  /** The input ended, or the worker was told to stop. */
  CLEAN(0),
  /** The command line could not be understood. */
  USAGE(2),
  /** A setting has a value it cannot have. */
  CONFIGURATION(10),
  /** The input was not ready within its deadline. */
  INPUT_NOT_READY(20),
  /** The input's codec cannot be carried. */
  INPUT_CODEC_REFUSED(21),
  /** A destination refused the stream: permission. */
  DESTINATION_REFUSED(30),
  /** A transient failure outlasted its retries. */
  RETRIES_SPENT(40),
  /** A fault of this program. */
  INTERNAL(50);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process exit code. */
  public int code() {
    return code;
  }
}
