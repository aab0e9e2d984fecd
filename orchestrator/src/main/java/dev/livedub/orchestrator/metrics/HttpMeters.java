package dev.livedub.orchestrator.metrics;

import dev.livedub.orchestrator.http.server.ServerMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The HTTP API's measurements in a Micrometer registry, all there from the beginning at zero.
 *
 * <p><b>Threading:</b> any thread; recording takes no lock.
 */
final class HttpMeters implements ServerMeters {

  private final Map<String, Counter> requestsByClass;
  private final Counter evicted;
  private final Counter dropped;
  private final AtomicInteger connections = new AtomicInteger();

  HttpMeters(MeterRegistry registry) {
    requestsByClass =
        HttpMeter.REQUESTS.labelValues().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    value -> value,
                    value ->
                        counter(
                            registry,
                            HttpMeter.REQUESTS,
                            Tags.of(HttpMeter.REQUESTS.labelName(), value))));
    evicted = counter(registry, HttpMeter.EVICTED, Tags.empty());
    dropped = counter(registry, HttpMeter.LISTENERS_DROPPED, Tags.empty());
    Gauge.builder(HttpMeter.CONNECTIONS.metricName(), connections, AtomicInteger::get)
        .description(HttpMeter.CONNECTIONS.description())
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void answered(int status) {
    Counter counter = requestsByClass.get(status / 100 + "xx");
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void connections(int held) {
    connections.set(held);
  }

  @Override
  public void evicted() {
    evicted.increment();
  }

  @Override
  public void dropped() {
    dropped.increment();
  }

  private static Counter counter(MeterRegistry registry, HttpMeter meter, Tags tags) {
    return Counter.builder(meter.metricName())
        .description(meter.description())
        .tags(tags)
        .register(registry);
  }
}
