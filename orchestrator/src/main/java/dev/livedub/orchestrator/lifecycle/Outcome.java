package dev.livedub.orchestrator.lifecycle;

import java.util.Locale;

/** What became of something that was said to a stream. */
enum Outcome {
  /** A run begins. */
  STARTED,
  /** The publisher is back within the grace period, or another one took over: the run goes on. */
  KEPT,
  /** The publisher is gone; the grace period begins. */
  GRACE,
  /** The worker is being ended. */
  STOPPED,
  /** A run will begin when the worker before it has ended. */
  QUEUED,
  /** It was known already. */
  DUPLICATE,
  /** It is about a publisher that something newer was said of. */
  STALE,
  /** An operator has stopped this publisher's stream. */
  HELD,
  /** There are as many workers as there may be. */
  MAX_WORKERS,
  /** The orchestrator is ending. */
  DRAINING;

  /** The value of the metric's label. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing was done because nothing may be done. */
  boolean isRefusal() {
    return this == MAX_WORKERS || this == DRAINING;
  }
}
