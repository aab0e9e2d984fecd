package dev.livedub.gemini.protocol;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that a message of the service says. */
public sealed interface ServerPart {

  /** The set-up is taken. */
  record SetupComplete() implements ServerPart {}

  /**
   * Output sound.
   *
   * @param samples24k signed 16-bit mono at 24 kHz, at least one
   */
  @SuppressWarnings("ArrayRecordComponent") // a buffer handed over, never compared
  record Sound(short[] samples24k) implements ServerPart {}

  /** A fragment of what was understood, not empty. */
  record InputText(String text, @Nullable String languageCode) implements ServerPart {}

  /** A fragment of the translation, not empty. */
  record OutputText(String text, @Nullable String languageCode) implements ServerPart {}

  /** Tokens counted. */
  record Tokens(long input, long output) implements ServerPart {}

  /**
   * How the session could be resumed.
   *
   * @param handle a secret; empty if there is none now
   */
  record Resumption(String handle, boolean resumable) implements ServerPart {
    @Override
    public String toString() {
      return "Resumption[resumable=" + resumable + "]";
    }
  }

  /** The service will close the session. */
  record GoAway(Optional<Duration> timeLeft) implements ServerPart {}

  /**
   * The service refuses to go on.
   *
   * @param code as an HTTP status, 0 if not said
   */
  record Refusal(int code, String message) implements ServerPart {}

  /** Something that cannot be read, or not be right; what came before it in the message stands. */
  record Unreadable(String what) implements ServerPart {}
}
