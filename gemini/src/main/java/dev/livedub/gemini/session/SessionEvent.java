package dev.livedub.gemini.session;

import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a session says. */
public sealed interface SessionEvent {

  /**
   * The service has taken the set-up; sound flows from now on.
   *
   * @param setUpTook from {@link LiveSession#open} to here
   */
  record Ready(Duration setUpTook) implements SessionEvent {}

  /**
   * Output sound, silence included; whether anything is audible in it is not said.
   *
   * @param samples24k signed 16-bit mono at 24 kHz, at least one
   */
  @SuppressWarnings("ArrayRecordComponent") // a buffer handed over, never compared
  record Audio(short[] samples24k) implements SessionEvent {}

  /**
   * A fragment of transcript, never empty; fragments of one side append to each other.
   *
   * @param lang tag as detected, null when not said
   */
  record Transcript(Side side, String text, @Nullable String lang) implements SessionEvent {}

  /** Tokens that the service counted; as it said them, whether cumulative or not. */
  record Usage(long inputTokens, long outputTokens) implements SessionEvent {}

  /**
   * A handle by which the session could be resumed, or the word that it cannot be now.
   *
   * @param handle empty if there is none; a bearer secret, not for logs
   */
  record Handle(String handle, boolean resumable) implements SessionEvent {
    @Override
    public String toString() {
      return "Handle[resumable=" + resumable + "]";
    }
  }

  /**
   * The service will close the session.
   *
   * @param timeLeft until then, if it was said
   */
  record GoAway(Optional<Duration> timeLeft) implements SessionEvent {}

  /**
   * Something odd that the session survives: a message that cannot be read, a listener that threw.
   *
   * @param what one line for a person, never with a secret in it
   * @param cause what a listener threw; null otherwise
   */
  record Trouble(String what, @Nullable Throwable cause) implements SessionEvent {}

  /** The session is over, nothing comes after this. */
  record Ended(SessionEnd end) implements SessionEvent {}
}
