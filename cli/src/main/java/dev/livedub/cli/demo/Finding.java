package dev.livedub.cli.demo;

/**
 * One line of the demonstration's table.
 *
 * @param what what was measured
 * @param measured the value, for a person
 * @param bound what it has to be; empty if nothing is promised about it here
 */
record Finding(String what, String measured, String bound, Verdict verdict) {

  /** What to think of it. */
  enum Verdict {
    PASS,
    FAIL,
    /** Told for interest; the promise about it is a ratio against a peer, which is not here. */
    INFO
  }

  static Finding judged(String what, String measured, String bound, boolean holds) {
    return new Finding(what, measured, bound, holds ? Verdict.PASS : Verdict.FAIL);
  }

  static Finding told(String what, String measured) {
    return new Finding(what, measured, "", Verdict.INFO);
  }
}
