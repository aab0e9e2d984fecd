package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.WorkerOrder;

/** What an orchestrator tells a worker's process. */
sealed interface HostMessage {

  /** What to run; the answer to the hello of a worker that has nothing to do yet. */
  record Run(WorkerOrder order) implements HostMessage {

    /** Addresses may hold secrets. */
    @Override
    public String toString() {
      return "Run[" + order.task().leaseName() + "]";
    }
  }

  /** The worker is known and its messages are wanted; the answer to the hello of one on air. */
  record Welcome() implements HostMessage {}

  /** Change this while on air. */
  record Change(LiveChange change) implements HostMessage {}

  /** End cleanly. */
  record Stop(String reason) implements HostMessage {}
}
