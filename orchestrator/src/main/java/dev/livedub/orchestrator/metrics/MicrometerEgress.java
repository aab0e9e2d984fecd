package dev.livedub.orchestrator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One destination's measurements in a Micrometer registry, all there from the beginning at zero.
 *
 * <p><b>Threading:</b> any thread; recording takes no lock.
 */
final class MicrometerEgress implements EgressMeters, AutoCloseable {

  private final MeterRegistry registry;
  private final List<Meter> registered = new ArrayList<>();
  private final AtomicInteger forwarding = new AtomicInteger();
  private final Map<EgressError, Counter> retries = new EnumMap<>(EgressError.class);
  private final Counter bytesOut;

  /** Registers all meters of a destination at zero. */
  MicrometerEgress(MeterRegistry registry, String streamId, String name) {
    this.registry = registry;
    Tags tags = Tags.of(MicrometerMeters.STREAM_LABEL, streamId, EgressMeter.NAME_LABEL, name);
    registered.add(
        Gauge.builder(EgressMeter.FORWARDING.metricName(), forwarding, AtomicInteger::get)
            .description(EgressMeter.FORWARDING.description())
            .tags(tags)
            .strongReference(true)
            .register(registry));
    for (EgressError error : EgressError.values()) {
      Tags all = tags.and(EgressMeter.RETRIES.labelName(), error.label());
      retries.put(error, counter(EgressMeter.RETRIES, all));
    }
    bytesOut = counter(EgressMeter.BYTES_OUT, tags);
  }

  @Override
  public void forwarding(boolean isForwarding) {
    forwarding.set(isForwarding ? 1 : 0);
  }

  @Override
  public void retried(EgressError error, long times) {
    Counter counter = retries.get(error);
    if (counter != null) {
      counter.increment((double) times);
    }
  }

  @Override
  public void wrote(double bytes) {
    bytesOut.increment(bytes);
  }

  /** Takes the destination's meters out of the registry. */
  @Override
  public void close() {
    registered.forEach(registry::remove);
    registered.clear();
  }

  private Counter counter(EgressMeter meter, Tags tags) {
    Counter counter =
        Counter.builder(meter.metricName())
            .description(meter.description())
            .tags(tags)
            .register(registry);
    registered.add(counter);
    return counter;
  }
}
