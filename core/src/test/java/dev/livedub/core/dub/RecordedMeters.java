package dev.livedub.core.dub;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/** Keeps what was measured. */
final class RecordedMeters implements MeterSink {

  private final Map<String, Double> counters = new TreeMap<>();
  private final Map<Meter, DoubleSupplier> gauges = new EnumMap<>(Meter.class);

  @Override
  public synchronized void add(Meter meter, String labelValue, double amount) {
    boolean right =
        meter.labelName().isEmpty()
            ? labelValue.isEmpty()
            : meter.labelValues().contains(labelValue);
    if (!right) {
      throw new IllegalArgumentException(meter + " has no label value " + labelValue);
    }
    counters.merge(meter + "/" + labelValue, amount, Double::sum);
  }

  @Override
  public void record(Meter meter, double value) {}

  @Override
  public void gauge(Meter meter, DoubleSupplier value) {
    gauges.put(meter, value);
  }

  synchronized long count(Meter meter, String labelValue) {
    return counters.getOrDefault(meter + "/" + labelValue, 0.0).longValue();
  }

  synchronized double sum(Meter meter) {
    return counters.getOrDefault(meter + "/", 0.0);
  }

  double gauge(Meter meter) {
    DoubleSupplier value = gauges.get(meter);
    return value == null ? Double.NaN : value.getAsDouble();
  }
}
