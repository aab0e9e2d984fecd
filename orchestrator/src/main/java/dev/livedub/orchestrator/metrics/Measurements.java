package dev.livedub.orchestrator.metrics;

import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.http.server.ServerMeters;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All measurements of one process: its streams', the JVM's, the process's.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Ownership:</b> closing it takes everything down, the streams' meters too.
 */
public final class Measurements implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<String, MicrometerMeters> streams = new ConcurrentHashMap<>();
  private final Map<WorkerTask, MicrometerEgress> destinations = new ConcurrentHashMap<>();

  /** Measurements with the JVM's and the process's bound, and no stream yet. */
  public Measurements() {
    registry.config().namingConvention(new MetricNames());
    registry.throwExceptionOnRegistrationFailure();
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ResidentMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** Where one stream's measurements go; the same for the same stream until it is removed. */
  public MeterSink forStream(String streamId) {
    return streams.computeIfAbsent(streamId, id -> new MicrometerMeters(registry, id));
  }

  /**
   * Where the measurements of one of a stream's destinations go; the same for the same destination
   * until the stream is removed.
   *
   * @param name {@code [A-Za-z0-9_-]{1,32}}, from the configuration
   */
  public EgressMeters forEgress(String streamId, String name) {
    return destinations.computeIfAbsent(
        WorkerTask.egress(streamId, name), task -> new MicrometerEgress(registry, streamId, name));
  }

  /** The life cycles' measurements, registered now. Called once, by a process that has any. */
  public OrchestratorMeters forOrchestrator() {
    return new OrchestratorMeters(registry);
  }

  /** Where the HTTP API counts; to be asked for once. */
  public ServerMeters forHttp() {
    return new HttpMeters(registry);
  }

  /** Forgets a stream and its destinations. */
  public void removeStream(String streamId) {
    MicrometerMeters meters = streams.remove(streamId);
    if (meters != null) {
      meters.close();
    }
    for (WorkerTask task : List.copyOf(destinations.keySet())) {
      MicrometerEgress egress = task.streamId().equals(streamId) ? destinations.remove(task) : null;
      if (egress != null) {
        egress.close();
      }
    }
  }

  /** Everything in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
