package dev.livedub.core.worker;

import java.util.List;

/**
 * What is to be known of a meter.
 *
 * @param metricName name as Prometheus shows it
 * @param kind what it is
 * @param unit unit of the values
 * @param labelName name of its own label, besides those that all meters of its list have; empty if
 *     it has none
 * @param labelValues all values that label can have
 * @param description one sentence for a person
 */
public record MeterSpec(
    String metricName,
    Meter.Kind kind,
    String unit,
    String labelName,
    List<String> labelValues,
    String description) {

  public MeterSpec {
    labelValues = List.copyOf(labelValues);
  }
}
