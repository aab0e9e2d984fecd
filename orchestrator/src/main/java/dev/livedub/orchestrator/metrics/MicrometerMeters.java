package dev.livedub.orchestrator.metrics;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * One stream's measurements in a Micrometer registry. Every meter is there from the beginning, at
 * zero and with every value of its label, so that a rate is right from the first event on.
 *
 * <p><b>Threading:</b> any thread; recording takes no lock.
 */
final class MicrometerMeters implements MeterSink, AutoCloseable {

  /** Label that every meter of a worker has. */
  static final String STREAM_LABEL = "streamId";

  /** Bounds of all histograms, in ms: fine around the bounds that are promised, then coarse. */
  static final double[] BUCKETS_MILLIS = {
    5, 10, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000,
    10_000, 30_000
  };

  /** Where a gauge's value comes from; Micrometer keeps only a weak hold of it. */
  private static final class GaugeSource {
    private volatile DoubleSupplier supplier = () -> 0;
  }

  private final MeterRegistry registry;
  private final List<io.micrometer.core.instrument.Meter> registered = new ArrayList<>();
  private final Map<Meter, Map<String, Counter>> counters = new EnumMap<>(Meter.class);
  private final Map<Meter, DistributionSummary> histograms = new EnumMap<>(Meter.class);
  private final Map<Meter, GaugeSource> gauges = new EnumMap<>(Meter.class);

  /** Registers all meters of a stream at zero. */
  MicrometerMeters(MeterRegistry registry, String streamId) {
    this.registry = registry;
    for (Meter meter : Meter.values()) {
      Tags tags = Tags.of(STREAM_LABEL, streamId);
      switch (meter.kind()) {
        case COUNTER -> registerCounters(meter, tags);
        case GAUGE -> registerGauge(meter, tags);
        case HISTOGRAM -> registerHistogram(meter, tags);
      }
    }
  }

  @Override
  public void add(Meter meter, String labelValue, double amount) {
    Counter counter = of(counters, meter, Meter.Kind.COUNTER).get(labelValue);
    if (counter == null) {
      throw new IllegalArgumentException(
          meter + " has no " + meter.labelName() + " \"" + labelValue + '"');
    }
    counter.increment(amount);
  }

  @Override
  public void record(Meter meter, double value) {
    of(histograms, meter, Meter.Kind.HISTOGRAM).record(value);
  }

  @Override
  public void gauge(Meter meter, DoubleSupplier value) {
    of(gauges, meter, Meter.Kind.GAUGE).supplier = value;
  }

  /** Takes the stream's meters out of the registry. */
  @Override
  public void close() {
    registered.forEach(registry::remove);
    registered.clear();
  }

  private void registerCounters(Meter meter, Tags tags) {
    List<String> values = meter.labelName().isEmpty() ? List.of("") : meter.labelValues();
    Map<String, Counter> byValue =
        values.stream()
            .collect(
                Collectors.toUnmodifiableMap(value -> value, value -> counter(meter, tags, value)));
    counters.put(meter, byValue);
  }

  private Counter counter(Meter meter, Tags tags, String labelValue) {
    Tags all = meter.labelName().isEmpty() ? tags : tags.and(meter.labelName(), labelValue);
    Counter counter =
        Counter.builder(meter.metricName())
            .description(meter.description())
            .tags(all)
            .register(registry);
    registered.add(counter);
    return counter;
  }

  private void registerGauge(Meter meter, Tags tags) {
    GaugeSource source = new GaugeSource();
    gauges.put(meter, source);
    registered.add(
        Gauge.builder(meter.metricName(), source, current -> current.supplier.getAsDouble())
            .description(meter.description())
            .tags(tags)
            .register(registry));
  }

  private void registerHistogram(Meter meter, Tags tags) {
    DistributionSummary summary =
        DistributionSummary.builder(meter.metricName())
            .description(meter.description())
            .tags(tags)
            .serviceLevelObjectives(BUCKETS_MILLIS)
            .register(registry);
    histograms.put(meter, summary);
    registered.add(summary);
  }

  private static <T> T of(Map<Meter, T> meters, Meter meter, Meter.Kind kind) {
    T found = meters.get(meter);
    if (found == null) {
      throw new IllegalArgumentException(meter + " is not a " + kind);
    }
    return found;
  }
}
