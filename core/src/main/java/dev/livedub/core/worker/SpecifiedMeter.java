package dev.livedub.core.worker;

import java.util.List;

/** An entry of a list of meters, against which the documentation is checked. */
public interface SpecifiedMeter {

  /** What is to be known of it. */
  MeterSpec spec();

  /** Name as Prometheus shows it. */
  default String metricName() {
    return spec().metricName();
  }

  /** What it is. */
  default Meter.Kind kind() {
    return spec().kind();
  }

  /** Name of its own label; empty if it has none. */
  default String labelName() {
    return spec().labelName();
  }

  /** All values that label can have. */
  default List<String> labelValues() {
    return spec().labelValues();
  }

  /** One sentence for a person. */
  default String description() {
    return spec().description();
  }
}
