package dev.livedub.orchestrator.metrics;

import dev.livedub.orchestrator.api.StreamState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The measurements of the life cycles, in a registry.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class OrchestratorMeters {

  private static final List<String> OUTCOMES =
      List.of(
          "started",
          "kept",
          "grace",
          "stopped",
          "queued",
          "duplicate",
          "stale",
          "held",
          "max_workers",
          "draining");

  private final MeterRegistry registry;
  private final Map<StreamState, AtomicInteger> streams = new EnumMap<>(StreamState.class);
  private final Counter restarts;

  /** Registers all of them at zero. */
  OrchestratorMeters(MeterRegistry registry) {
    this.registry = registry;
    for (StreamState state : StreamState.values()) {
      AtomicInteger count = new AtomicInteger();
      streams.put(state, count);
      OrchestratorMeter meter = OrchestratorMeter.STREAMS;
      Gauge.builder(meter.metricName(), count, AtomicInteger::get)
          .description(meter.description())
          .tag(meter.labelName(), state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    OrchestratorMeter.HOOKS
        .labelValues()
        .forEach(event -> OUTCOMES.forEach(outcome -> hooks(event, outcome)));
    OrchestratorMeter.RECONCILE.labelValues().forEach(this::reconciliations);
    restarts = counter(OrchestratorMeter.WORKER_RESTARTS).register(registry);
  }

  /** A stream is heard of for the first time. */
  public void known(StreamState state) {
    count(state).incrementAndGet();
  }

  /** A stream is forgotten. */
  public void forgotten(StreamState state) {
    count(state).decrementAndGet();
  }

  /** A stream changes its state. */
  public void moved(StreamState from, StreamState to) {
    count(from).decrementAndGet();
    count(to).incrementAndGet();
  }

  /** A hook came. */
  public void hook(String event, String outcome) {
    hooks(event, outcome).increment();
  }

  /** A worker is started again. */
  public void restarted() {
    restarts.increment();
  }

  /** MediaMTX was asked about a stream, or in vain. */
  public void reconciled(String outcome) {
    reconciliations(outcome).increment();
  }

  private AtomicInteger count(StreamState state) {
    AtomicInteger count = streams.get(state);
    if (count == null) {
      throw new IllegalArgumentException("state " + state);
    }
    return count;
  }

  private Counter hooks(String event, String outcome) {
    return counter(OrchestratorMeter.HOOKS)
        .tag("event", event)
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter reconciliations(String outcome) {
    return counter(OrchestratorMeter.RECONCILE).tag("outcome", outcome).register(registry);
  }

  private static Counter.Builder counter(OrchestratorMeter meter) {
    return Counter.builder(meter.metricName()).description(meter.description());
  }
}
