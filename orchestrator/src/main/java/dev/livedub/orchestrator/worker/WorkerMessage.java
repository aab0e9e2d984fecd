package dev.livedub.orchestrator.worker;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.WorkerStatus;
import java.util.List;
import java.util.Optional;

/** What a worker's process tells its orchestrator. */
sealed interface WorkerMessage {

  /**
   * Who it is; the first message of every connection.
   *
   * @param protocol {@link Wire#protocol} of the worker
   * @param lease name of the lease that it holds
   * @param runId the run that it is on air for; empty if it waits for its order
   */
  record Hello(String protocol, String lease, long processId, Optional<String> runId)
      implements WorkerMessage {}

  /** How it goes. */
  record Status(WorkerStatus status) implements WorkerMessage {}

  /**
   * What was measured since the last such message.
   *
   * @param gauges as they are now
   */
  record Meters(List<Counted> counters, List<Recorded> histograms, List<Gauged> gauges)
      implements WorkerMessage {

    /** Added to a counter. */
    record Counted(Meter meter, String labelValue, double amount) {}

    /** Recorded into a histogram. */
    record Recorded(Meter meter, List<Double> values) {}

    /** A gauge's value; NaN if it has none. */
    record Gauged(Meter meter, double value) {}

    /** Whether there is nothing to tell. */
    boolean isEmpty() {
      return counters.isEmpty() && histograms.isEmpty() && gauges.isEmpty();
    }
  }

  /** A sentence. */
  record Said(Caption caption) implements WorkerMessage {}

  /** It has ended; the last message. */
  record Exit(ExitCode code, String message) implements WorkerMessage {}
}
