package dev.livedub.orchestrator.metrics;

import dev.livedub.core.worker.Meter.Kind;
import java.util.List;

/** Every meter of the HTTP API. The documentation's table is checked against this list. */
public enum HttpMeter {
  REQUESTS(
      "orchestrator_http_requests_total",
      Kind.COUNTER,
      "requests",
      "status",
      List.of("2xx", "4xx", "5xx"),
      "Requests answered, by class of the status"),
  CONNECTIONS("orchestrator_http_connections", Kind.GAUGE, "connections", "Connections held now"),
  EVICTED(
      "orchestrator_http_connections_evicted_total",
      Kind.COUNTER,
      "connections",
      "Connections that waited and had to make room for another"),
  LISTENERS_DROPPED(
      "orchestrator_http_listeners_dropped_total",
      Kind.COUNTER,
      "listeners",
      "Listeners of live answers that were dropped because they did not read");

  private final String metricName;
  private final Kind kind;
  private final String unit;
  private final String labelName;
  private final List<String> labelValues;
  private final String description;

  HttpMeter(String metricName, Kind kind, String unit, String description) {
    this(metricName, kind, unit, "", List.of(), description);
  }

  HttpMeter(
      String metricName,
      Kind kind,
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

  public Kind kind() {
    return kind;
  }

  /** Unit of the values. */
  public String unit() {
    return unit;
  }

  /** Name of the meter's label; empty if it has none. */
  public String labelName() {
    return labelName;
  }

  /** All values that label can have. */
  public List<String> labelValues() {
    return labelValues;
  }

  /** One sentence for a person. */
  public String description() {
    return description;
  }
}
