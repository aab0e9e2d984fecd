package dev.livedub.orchestrator.lifecycle;

import java.util.Locale;

/**
 * Every log event of the orchestrator's life cycles. The documentation's table is checked against
 * it.
 */
public enum LifecycleEvent {
  HOOK("a hook said something of a path; says what became of it"),
  STREAM_STATE("a stream changes its state"),
  STREAM_PLAN("a run begins or is taken over; says what is done with the stream"),
  QUERY_IGNORED("something in a publisher's query is wrong and is not followed"),
  WORKER_BEGUN("a worker was told to start"),
  WORKER_ADOPTED("a worker of an earlier orchestrator was found on air"),
  OPERATOR("an operator said something of a stream; says what became of it"),
  RECONCILED("MediaMTX was found to say otherwise than the hooks, and the stream was put right"),
  MEDIAMTX_UNREACHABLE("MediaMTX's control API does not answer"),
  MEDIAMTX_REACHABLE("MediaMTX's control API answers"),
  DRAINING("the orchestrator is ending; all streams are ended"),
  DRAINED("all streams have ended, or are left behind"),
  FAULT("a fault of this program; the stream goes on as it was");

  private final String description;

  LifecycleEvent(String description) {
    this.description = description;
  }

  /** The value of the log line's {@code event}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** When it is logged. */
  public String description() {
    return description;
  }
}
