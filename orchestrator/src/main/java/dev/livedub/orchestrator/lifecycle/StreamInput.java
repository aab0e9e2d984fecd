package dev.livedub.orchestrator.lifecycle;

import dev.livedub.core.worker.ExitCode;
import java.util.Optional;

/** Everything that can happen to a stream. */
sealed interface StreamInput {

  /** A hook says that a publisher is there. */
  record Ready(Publisher publisher) implements StreamInput {}

  /**
   * A hook says that a publisher is gone.
   *
   * @param sourceId which one; empty if it does not say
   */
  record NotReady(String sourceId) implements StreamInput {}

  /**
   * MediaMTX was asked.
   *
   * @param publisher who is there; empty for nobody
   * @param askedMillis when it was asked: what hooks have said since then is newer
   */
  record Observed(Optional<Publisher> publisher, long askedMillis) implements StreamInput {}

  /** An operator wants no dub. */
  record Stop() implements StreamInput {}

  /** An operator wants a new run. */
  record Restart() implements StreamInput {}

  /** The orchestrator is ending. */
  record Drain() implements StreamInput {}

  /**
   * A worker of an earlier orchestrator is on air.
   *
   * @param runId the run it belongs to
   */
  record Found(String runId) implements StreamInput {}

  /** A worker's first access unit went out. */
  record OnAir(int worker) implements StreamInput {}

  /** A worker has ended and nothing of it is left. */
  record Exited(int worker, ExitCode code, String message) implements StreamInput {}

  /** A timer that was set has run out. */
  record TimedOut(StreamEffect.Timer timer, int setting) implements StreamInput {}
}
