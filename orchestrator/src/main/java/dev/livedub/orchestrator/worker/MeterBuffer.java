package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters.Counted;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters.Gauged;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters.Recorded;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * What a worker measures, until its orchestrator takes it. Bounded: counters are summed, and of
 * each histogram the first {@value #MAX_VALUES} values are kept and the rest counted as lost.
 *
 * <p><b>Threading:</b> any thread; a lock held for a few instructions.
 */
final class MeterBuffer implements MeterSink {

  /** Values kept per histogram between two takings; at 50 a second they last for 20 s. */
  static final int MAX_VALUES = 1000;

  private record Counter(Meter meter, String labelValue) {}

  private final Map<Counter, Double> counters = new HashMap<>();
  private final Map<Meter, List<Double>> histograms = new EnumMap<>(Meter.class);
  private final Map<Meter, DoubleSupplier> gauges = new ConcurrentHashMap<>();
  private long lostValues;

  @Override
  public synchronized void add(Meter meter, String labelValue, double amount) {
    counters.merge(new Counter(meter, labelValue), amount, Double::sum);
  }

  @Override
  public synchronized void record(Meter meter, double value) {
    List<Double> values = histograms.computeIfAbsent(meter, key -> new ArrayList<>());
    if (values.size() < MAX_VALUES) {
      values.add(value);
    } else {
      lostValues++;
    }
  }

  @Override
  public void gauge(Meter meter, DoubleSupplier value) {
    gauges.put(meter, value);
  }

  /** Takes all that was measured since the last time. */
  Meters take() {
    List<Gauged> values = new ArrayList<>();
    // Outside of the lock: what a gauge does is its owner's business.
    gauges.forEach((meter, source) -> values.add(new Gauged(meter, source.getAsDouble())));
    synchronized (this) {
      List<Counted> counted = new ArrayList<>();
      counters.forEach(
          (counter, sum) -> counted.add(new Counted(counter.meter(), counter.labelValue(), sum)));
      List<Recorded> recorded = new ArrayList<>();
      histograms.forEach((meter, list) -> recorded.add(new Recorded(meter, list)));
      counters.clear();
      histograms.clear();
      return new Meters(counted, recorded, values);
    }
  }

  /** Takes back what could not be sent. */
  synchronized void putBack(Meters unsent) {
    for (Counted counted : unsent.counters()) {
      add(counted.meter(), counted.labelValue(), counted.amount());
    }
    for (Recorded recorded : unsent.histograms()) {
      recorded.values().forEach(value -> record(recorded.meter(), value));
    }
  }

  /** How many values of histograms were lost since the last time. */
  synchronized long takeLost() {
    long lost = lostValues;
    lostValues = 0;
    return lost;
  }
}
