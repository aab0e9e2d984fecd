package dev.livedub.cli.doctor;

/**
 * What was found of one thing.
 *
 * @param subject what was looked at, a word or two
 * @param finding how it is
 * @param advice what to do about it; empty if nothing
 */
record Diagnosis(Level level, String subject, String finding, String advice) {

  /** How bad it is. */
  enum Level {
    OK("ok"),
    /** livedub runs, but not as well as it could, or it cannot be seen from here. */
    WARN("warn"),
    /** Something does not work before it is set right. */
    FAIL("FAIL");

    private final String word;

    Level(String word) {
      this.word = word;
    }
  }

  static Diagnosis ok(String subject, String finding) {
    return new Diagnosis(Level.OK, subject, finding, "");
  }

  static Diagnosis warn(String subject, String finding, String advice) {
    return new Diagnosis(Level.WARN, subject, finding, advice);
  }

  static Diagnosis fail(String subject, String finding, String advice) {
    return new Diagnosis(Level.FAIL, subject, finding, advice);
  }

  boolean isFail() {
    return level == Level.FAIL;
  }

  /** As it is printed: a line, and one with the advice if there is any. */
  String text() {
    String line = String.format("%-5s %-13s %s", level.word, subject, finding);
    return advice.isEmpty()
        ? line
        : line + System.lineSeparator() + " ".repeat(20) + "-> " + advice;
  }
}
