package dev.livedub.orchestrator.api;

/** Where a stream stands in its life cycle. */
public enum StreamState {
  /** Nothing is published, or nobody wants it dubbed. */
  IDLE,
  /** A worker is being started, or waits to be started again. */
  STARTING,
  /** A worker is on air. */
  RUNNING,
  /** The publisher is gone; its worker is kept for a while in case it comes back. */
  GRACE,
  /** The worker has been told to end. */
  STOPPING,
  /** Restarts are spent; waits for a new <i>ready</i> or an operator. */
  DEGRADED
}
