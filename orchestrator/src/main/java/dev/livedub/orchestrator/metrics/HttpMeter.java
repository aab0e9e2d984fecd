package dev.livedub.orchestrator.metrics;

import dev.livedub.core.worker.Meter.Kind;
import dev.livedub.core.worker.MeterSpec;
import dev.livedub.core.worker.SpecifiedMeter;
import java.util.List;

/** Every meter of the HTTP API. The documentation's table is checked against this list. */
public enum HttpMeter implements SpecifiedMeter {
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

  @SuppressWarnings("ImmutableEnumChecker") // copies its list
  private final MeterSpec spec;

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
    this.spec = new MeterSpec(metricName, kind, unit, labelName, labelValues, description);
  }

  @Override
  public MeterSpec spec() {
    return spec;
  }
}
