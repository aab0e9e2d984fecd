package dev.livedub.orchestrator.metrics;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSpec;
import dev.livedub.core.worker.SpecifiedMeter;
import java.util.List;

/** Every meter of the life cycles. The documentation's table is checked against this list. */
public enum OrchestratorMeter implements SpecifiedMeter {
  STREAMS(
      "orchestrator_streams",
      Meter.Kind.GAUGE,
      "streams",
      "state",
      List.of("idle", "starting", "running", "grace", "stopping", "degraded"),
      "Streams that were heard of, by state"),
  HOOKS(
      "orchestrator_hooks_total",
      Meter.Kind.COUNTER,
      "hooks",
      "event",
      List.of("ready", "not_ready"),
      "Hooks of MediaMTX, also by `outcome`: `started` `kept` `grace` `stopped` `queued` `duplicate`"
          + " `stale` `held` `max_workers` `draining`"),
  WORKER_RESTARTS(
      "orchestrator_worker_restarts_total",
      Meter.Kind.COUNTER,
      "workers",
      "",
      List.of(),
      "Workers that were started again because the one before had died"),
  RECONCILE(
      "orchestrator_reconcile_total",
      Meter.Kind.COUNTER,
      "streams",
      "outcome",
      List.of("agreed", "started", "kept", "grace", "stopped", "refused", "unreachable"),
      "What MediaMTX said of each stream when it was asked, by what became of it");

  @SuppressWarnings("ImmutableEnumChecker") // copies its list
  private final MeterSpec spec;

  OrchestratorMeter(
      String metricName,
      Meter.Kind kind,
      String unit,
      String labelName,
      List<String> labelValues,
      String description) {
    this.spec = new MeterSpec(metricName, kind, unit, labelName, labelValues, description);
  }

  @Override
  public MeterSpec spec() {
    return spec;
  }
}
