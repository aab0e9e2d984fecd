package dev.livedub.orchestrator.api;

/** A call that is refused. */
public final class ApiException extends Exception {

  private final ProblemCode code;

  /**
   * A refusal.
   *
   * @param detail one line for a person: the value at fault and what was expected; never a secret
   */
  public ApiException(ProblemCode code, String detail) {
    super(detail);
    this.code = code;
  }

  /** Why. */
  public ProblemCode code() {
    return code;
  }
}
