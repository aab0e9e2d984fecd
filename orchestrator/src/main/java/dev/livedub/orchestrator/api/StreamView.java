package dev.livedub.orchestrator.api;

import dev.livedub.core.worker.LiveSettings;
import dev.livedub.core.worker.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A stream as it is now.
 *
 * @param since when it came into this state
 * @param reason why it is in this state, one line
 * @param runId the run it is in; empty if it is in none
 * @param sourceType kind of its publisher in MediaMTX's words; empty if unknown
 * @param translator how it is translated, as configured
 * @param live what an operator can change
 * @param delay playout delay, as it is now
 * @param dubLagMillis audible onset of the dub minus that of the source speech; empty until known
 * @param breaker 0 closed, 1 half-open, 2 open; empty without such a translator
 * @param restarts how often its worker was started again in this run
 * @param costUsd price of what the translator counted as used in this run
 * @param workerPid process of its worker; empty if it has none of its own
 * @param worker the worker's last word; empty while there is none
 */
public record StreamView(
    String streamId,
    StreamState state,
    Instant since,
    String reason,
    String runId,
    String sourceType,
    String translator,
    LiveSettings live,
    Duration delay,
    OptionalDouble dubLagMillis,
    OptionalInt breaker,
    long restarts,
    double costUsd,
    OptionalLong workerPid,
    Optional<WorkerStatus> worker,
    List<EgressView> egress) {

  public StreamView {
    egress = List.copyOf(egress);
  }
}
