package dev.livedub.gemini.keeper;

import java.time.Duration;
import java.util.Optional;

/**
 * Watches whether one session answers what it is sent. Bytes prove nothing, for silence is sent as
 * well: an answer is audible voice.
 *
 * <p>Five ways of being dead with the socket open are told apart: nothing comes at all; text comes
 * and no voice; only digital silence comes; the source's text comes and nothing else; quiet comes,
 * and neither voice nor text, which may also mean that what was taken for speech is none.
 *
 * <p>A session that lags far is not dead: its output runs, it writes what it hears, and it is given
 * as long as answers are known to take. Once it has written what it will say, the voice has to
 * follow, however far it lags.
 *
 * <p><b>Threading:</b> one thread.
 */
final class OutputWatch {

  /** What a session is accused of. */
  enum Verdict {
    STALLED("no output at all", false),
    TEXT_WITHOUT_VOICE("text, but no voice", false),
    ALL_ZERO("nothing but digital silence", true),
    UNANSWERED("the text of what it hears, but no translation", true),
    SILENT("no voice and no text", true);

    private final String description;
    private final boolean mayOnlyBeLate;

    Verdict(String description, boolean mayOnlyBeLate) {
      this.description = description;
      this.mayOnlyBeLate = mayOnlyBeLate;
    }

    /** Whether somebody who had waited for longer might have heard a translation. */
    boolean mayOnlyBeLate() {
      return mayOnlyBeLate;
    }

    String description() {
      return description;
    }
  }

  /** Longest gap between pieces of output while speech waits; 331 ms was the longest seen. */
  static final long STALL_NANOS = 3_000_000_000L;

  /** The same before a session's first output, which takes about 3 s to come: 5 s. */
  static final long FIRST_OUTPUT_NANOS = 5_000_000_000L;

  /** The same while nothing waits: it does no harm yet. */
  static final long IDLE_STALL_NANOS = 15_000_000_000L;

  /** Text leads its voice by half a second; this much later it comes no more. */
  static final long TEXT_LEAD_NANOS = 3_000_000_000L;

  /** A trailing fragment of text may come after its voice; more than that has one. */
  static final int TEXT_LETTERS = 16;

  /** Speech that is worth an answer; a cough is not. */
  static final double SPEECH_SECONDS = 2;

  /** Speech too short for an answer is forgotten after so much quiet. */
  private static final long FORGET_NANOS = 10_000_000_000L;

  /** A session that hears speech and does not answer is given at most so many times as long. */
  private static final int MOST_HEARING_PATIENCE = 4;

  private final long silentNanos;
  private long lastBytesNanos;
  private boolean begun;
  private long unansweredNanos;
  private double unansweredSeconds;
  private long lastSpeechNanos;
  private long textNanos;
  private int textLetters;
  private boolean heardSource;
  private boolean onlyZeros = true;

  /**
   * @param silentAfter how long speech may go unanswered
   */
  OutputWatch(Duration silentAfter, long nowNanos) {
    silentNanos = silentAfter.toNanos();
    lastBytesNanos = nowNanos;
  }

  /** Speech was sent. */
  void speechSent(double seconds, long nowNanos) {
    if (unansweredSeconds > 0 && nowNanos - lastSpeechNanos > FORGET_NANOS) {
      unansweredSeconds = 0;
    }
    if (unansweredSeconds == 0) {
      unansweredNanos = nowNanos;
    }
    unansweredSeconds += seconds;
    lastSpeechNanos = nowNanos;
  }

  /** Output came. */
  void bytes(boolean zeros, long nowNanos) {
    lastBytesNanos = nowNanos;
    begun = true;
    onlyZeros &= zeros;
  }

  /** Voice came. */
  void audible() {
    answered();
    onlyZeros = true;
  }

  /** What was sent needs no answer, or has one. */
  void answered() {
    unansweredSeconds = 0;
    textLetters = 0;
    heardSource = false;
  }

  /** Text of the source came: the service hears speech. */
  void sourceText() {
    heardSource = true;
  }

  /** Text of the translation came. */
  void targetText(String text, long nowNanos) {
    if (textLetters == 0) {
      textNanos = nowNanos;
    }
    textLetters += text.strip().length();
  }

  /**
   * What is wrong, if anything.
   *
   * @param patience factor on the time allowed to a session, the more of them said nothing; one
   *     that hears speech is not given all of it
   * @param answerNanos how long answers are known to take
   */
  Optional<Verdict> check(int patience, long answerNanos, long nowNanos) {
    boolean waiting = unansweredSeconds > 0;
    boolean speech = unansweredSeconds >= SPEECH_SECONDS;
    long waitedNanos = nowNanos - unansweredNanos;
    long gapNanos = nowNanos - lastBytesNanos;
    if (gapNanos >= IDLE_STALL_NANOS
        || (speech
            && Math.min(waitedNanos, gapNanos) >= (begun ? STALL_NANOS : FIRST_OUTPUT_NANOS))) {
      return Optional.of(Verdict.STALLED);
    }
    if (waiting && textLetters >= TEXT_LETTERS && nowNanos - textNanos >= TEXT_LEAD_NANOS) {
      return Optional.of(Verdict.TEXT_WITHOUT_VOICE);
    }
    int factor = heardSource ? Math.min(patience, MOST_HEARING_PATIENCE) : patience;
    if (!speech || waitedNanos < Math.max(silentNanos, answerNanos) * factor) {
      return Optional.empty();
    }
    if (onlyZeros) {
      return Optional.of(Verdict.ALL_ZERO);
    }
    return Optional.of(heardSource ? Verdict.UNANSWERED : Verdict.SILENT);
  }

  /** How long speech has been without an answer. */
  long waitedNanos(long nowNanos) {
    return unansweredSeconds > 0 ? nowNanos - unansweredNanos : 0;
  }

  /** Whether the service has said that it hears the speech that it does not answer. */
  boolean hearsSpeech() {
    return heardSource;
  }
}
