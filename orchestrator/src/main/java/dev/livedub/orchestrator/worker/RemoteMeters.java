package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters.Counted;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters.Gauged;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters.Recorded;
import java.util.EnumMap;
import java.util.Map;

/**
 * The measurements of a worker in another process.
 *
 * <p><b>Threading:</b> the host's loop; gauges are read by any thread.
 */
final class RemoteMeters {

  private static final class GaugeValue {
    private volatile double value = Double.NaN;
  }

  private final MeterSink sink;
  private final Map<Meter, GaugeValue> gauges = new EnumMap<>(Meter.class);

  /** Measurements that go to a sink. */
  RemoteMeters(MeterSink sink) {
    this.sink = sink;
  }

  /** Adds what a worker measured. */
  void apply(Meters measured) {
    for (Counted counted : measured.counters()) {
      sink.add(counted.meter(), counted.labelValue(), counted.amount());
    }
    for (Recorded recorded : measured.histograms()) {
      recorded.values().forEach(value -> sink.record(recorded.meter(), value));
    }
    for (Gauged gauged : measured.gauges()) {
      gaugeOf(gauged.meter()).value = gauged.value();
    }
  }

  /** The worker is gone: its gauges have no value any more. */
  void end() {
    gauges.values().forEach(gauge -> gauge.value = Double.NaN);
  }

  private GaugeValue gaugeOf(Meter meter) {
    GaugeValue gauge = gauges.get(meter);
    if (gauge == null) {
      GaugeValue made = new GaugeValue();
      sink.gauge(meter, () -> made.value);
      gauges.put(meter, made);
      gauge = made;
    }
    return gauge;
  }
}
