package dev.livedub.orchestrator.metrics;

import dev.livedub.core.worker.Meter;
import java.util.List;

/** Every meter of the life cycles. The documentation's table is checked against this list. */
public enum OrchestratorMeter {
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

  private final String metricName;
  private final Meter.Kind kind;
  private final String unit;
  private final String labelName;
  private final List<String> labelValues;
  private final String description;

  OrchestratorMeter(
      String metricName,
      Meter.Kind kind,
      String unit,
      String labelName,
      List<String> labelValues,
      String description) {
    this.metricName = metricName;
    this.kind = kind;
    this.unit = unit;
    this.labelName = labelName;
    this.labelValues = labelValues;
    this.description = description;
  }

  /** Name as Prometheus shows it. */
  public String metricName() {
    return metricName;
  }

  /** What a meter is. */
  public Meter.Kind kind() {
    return kind;
  }

  /** Unit of the values. */
  public String unit() {
    return unit;
  }

  /** Name of its label; empty if it has none. */
  public String labelName() {
    return labelName;
  }

  /** All values of that label. */
  public List<String> labelValues() {
    return labelValues;
  }

  /** One sentence for a person. */
  public String description() {
    return description;
  }
}
