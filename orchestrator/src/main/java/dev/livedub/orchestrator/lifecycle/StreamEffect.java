package dev.livedub.orchestrator.lifecycle;

import java.time.Duration;

/** What a stream's machine wants to have done. */
sealed interface StreamEffect {

  /** What a stream waits for. */
  enum Timer {
    /** The publisher may come back until then. */
    GRACE,
    /** The next attempt at a worker is due then. */
    RETRY
  }

  /** Begin a run: forget what belonged to the one before. */
  record BeginRun(String runId, Publisher publisher) implements StreamEffect {}

  /**
   * Start a worker.
   *
   * @param worker its number, by which it is known from now on
   */
  record StartWorker(int worker, String runId) implements StreamEffect {}

  /** Have a worker end cleanly. */
  record StopWorker(int worker, String reason) implements StreamEffect {}

  /** The run is on air: begin what depends on that. */
  record GoneOnAir(String runId) implements StreamEffect {}

  /** The run is over. */
  record EndRun(String runId, String reason) implements StreamEffect {}

  /**
   * Set a timer, in place of one of its kind that is set.
   *
   * @param setting its number, to be given back when it has run out
   */
  record SetTimer(Timer timer, int setting, Duration after) implements StreamEffect {}
}
