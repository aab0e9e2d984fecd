package dev.livedub.orchestrator.metrics;

import dev.livedub.core.worker.Meter;
import java.util.Arrays;
import java.util.List;

/**
 * Every meter of a destination elsewhere. The documentation's table is checked against this list.
 */
public enum EgressMeter {
  FORWARDING(
      "egress_forwarding",
      Meter.Kind.GAUGE,
      "state",
      "",
      List.of(),
      "Whether the destination is taking the stream: 1 or 0"),
  RETRIES(
      "egress_retries_total",
      Meter.Kind.COUNTER,
      "retries",
      "error",
      Arrays.stream(EgressError.values()).map(EgressError::label).toList(),
      "How often the destination was tried again, by why"),
  BYTES_OUT(
      "egress_bytes_out_total",
      Meter.Kind.COUNTER,
      "bytes",
      "",
      List.of(),
      "Payload written to the destination");

  /** Label of every one of them: the destination's name in the configuration. */
  public static final String NAME_LABEL = "name";

  private final String metricName;
  private final Meter.Kind kind;
  private final String unit;
  private final String labelName;
  private final List<String> labelValues;
  private final String description;

  EgressMeter(
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

  public Meter.Kind kind() {
    return kind;
  }

  /** Unit of the values. */
  public String unit() {
    return unit;
  }

  /** Name of the meter's own label, besides stream and destination; empty if it has none. */
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
