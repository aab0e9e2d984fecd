package dev.livedub.orchestrator.egress;

import java.time.Duration;

/**
 * Runs what the supervisor decided, one thing after the other.
 *
 * <p><b>Threading:</b> any thread may hand things over.
 */
interface EgressLoop extends AutoCloseable {

  /** Runs a task soon, after those handed over before. Without effect once closed. */
  void execute(Runnable task);

  /** Runs a task later. Without effect once closed. */
  void after(Duration delay, Runnable task);

  /** Runs what was handed over with {@link #execute}, then ends. Does not wait. Idempotent. */
  @Override
  void close();
}
