package dev.livedub.orchestrator.metrics;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSpec;
import dev.livedub.core.worker.SpecifiedMeter;
import java.util.Arrays;
import java.util.List;

/**
 * Every meter of a destination elsewhere. The documentation's table is checked against this list.
 */
public enum EgressMeter implements SpecifiedMeter {
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

  @SuppressWarnings("ImmutableEnumChecker") // copies its list
  private final MeterSpec spec;

  EgressMeter(
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
