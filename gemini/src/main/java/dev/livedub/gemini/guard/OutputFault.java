package dev.livedub.gemini.guard;

/** What is wrong with a session's output. */
public enum OutputFault {
  /** A loud steady sound, which no voice is. */
  STUCK_TONE("a steady tone instead of a voice"),
  /** Much of the sound is cut off at full scale. */
  CLIPPING("distorted sound"),
  /** The voice keeps speaking another language than asked for. */
  WRONG_LANGUAGE("the wrong language"),
  /** A sentence is said again that the speaker said once. */
  REPEATED_SENTENCE("a sentence repeated");

  private final String description;

  OutputFault(String description) {
    this.description = description;
  }

  /** In words, for a log line. */
  public String description() {
    return description;
  }
}
