package dev.livedub.core.worker;

import java.util.OptionalLong;

/**
 * A worker that a {@link WorkerHost} runs.
 *
 * <p><b>Threading:</b> any thread; no method blocks.
 */
public interface HostedWorker {

  /** Asks for a clean end; a worker that has not ended 5 s later is ended by force. Idempotent. */
  void stop(String reason);

  /** Changes it while it is on air. Without effect once it has ended. */
  void change(LiveChange change);

  /** Its process; empty while there is none, or if it is a thread of this one. */
  OptionalLong processId();
}
