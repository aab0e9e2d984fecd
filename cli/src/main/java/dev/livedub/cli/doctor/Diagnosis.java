package dev.livedub.cli.doctor;

/**
 * One line of what was found.
 *
 * @param advice what to do about it; empty if nothing
 */
record Diagnosis(boolean well, String subject, String finding, String advice) {

  static Diagnosis well(String subject, String finding) {
    return new Diagnosis(true, subject, finding, "");
  }

  static Diagnosis ill(String subject, String finding, String advice) {
    return new Diagnosis(false, subject, finding, advice);
  }

  /** As it is printed. */
  String line() {
    String start = String.format("%-5s %-11s %s", well ? "ok" : "FAIL", subject, finding);
    return advice.isEmpty() ? start : start + " -> " + advice;
  }
}
