package dev.livedub.orchestrator.api;

import java.time.Instant;

/**
 * A destination of a stream, as it is now.
 *
 * @param target its URL with secrets masked
 * @param enabled whether it is wanted
 * @param reason why it is in this state, one line
 * @param retries how often it was started again in this run
 * @param bytesOut payload written in this run
 */
public record EgressView(
    String name,
    String target,
    boolean enabled,
    State state,
    Instant since,
    String reason,
    long retries,
    long bytesOut) {

  /** Where a destination stands. */
  public enum State {
    /** Switched off, or the stream is not on air. */
    OFF,
    /** Being connected, or waiting to be tried again. */
    CONNECTING,
    /** Taking the stream. */
    FORWARDING,
    /** Given up; waits for the next run or an operator. */
    FAILED
  }
}
