package dev.livedub.orchestrator.lifecycle;

import dev.livedub.core.time.Ticker;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.orchestrator.config.StreamPlans;
import dev.livedub.orchestrator.egress.EgressSupervisor;
import dev.livedub.orchestrator.mediamtx.MediaMtxPaths;
import dev.livedub.orchestrator.metrics.OrchestratorMeters;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the life cycles of all streams share.
 *
 * @param workers where workers run
 * @param plans what is done with each stream
 * @param paths where streams are pulled from and published to
 * @param egress carries dubs elsewhere
 * @param streamMeters where a stream's measurements go
 * @param forgetMeters takes away a stream's measurements when it is forgotten
 * @param meters those of the life cycles themselves
 * @param clock the wall's, for people to read
 * @param ticker a clock that never steps
 */
public record StreamServices(
    WorkerHost workers,
    StreamPlans plans,
    MediaMtxPaths paths,
    EgressSupervisor egress,
    Function<String, MeterSink> streamMeters,
    Consumer<String> forgetMeters,
    OrchestratorMeters meters,
    LifecycleSettings settings,
    Clock clock,
    Ticker ticker) {}
