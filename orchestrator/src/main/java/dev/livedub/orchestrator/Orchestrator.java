package dev.livedub.orchestrator;

import dev.livedub.core.config.ConfigException;
import dev.livedub.core.time.Ticker;
import dev.livedub.core.worker.FoundWorker;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.orchestrator.api.Streams;
import dev.livedub.orchestrator.config.ServeConfig;
import dev.livedub.orchestrator.egress.EgressSupervisor;
import dev.livedub.orchestrator.http.HttpServer;
import dev.livedub.orchestrator.lifecycle.LifecycleSettings;
import dev.livedub.orchestrator.lifecycle.Reconciler;
import dev.livedub.orchestrator.lifecycle.StreamRegistry;
import dev.livedub.orchestrator.lifecycle.StreamServices;
import dev.livedub.orchestrator.mediamtx.MediaMtxApi;
import dev.livedub.orchestrator.mediamtx.MediaMtxPaths;
import dev.livedub.orchestrator.metrics.Measurements;
import dev.livedub.orchestrator.metrics.OrchestratorMeters;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything behind {@code livedub serve}: the HTTP API in front, the life cycles of all streams,
 * the workers behind them.
 *
 * <p><b>Threading:</b> started and closed by one thread; {@link #streams} may be used by any.
 *
 * <p><b>Ownership:</b> the worker host is the caller's, and is to be closed after this.
 */
public final class Orchestrator implements AutoCloseable {

  /** For all workers to end cleanly, or be ended: their host's own limits are below this. */
  private static final Duration DRAIN = Duration.ofSeconds(8);

  private final Measurements measurements;
  private final EgressSupervisor egress;
  private final StreamRegistry registry;
  private final Optional<Reconciler> reconciler;
  private final HttpServer http;

  private Orchestrator(
      Measurements measurements,
      EgressSupervisor egress,
      StreamRegistry registry,
      Optional<Reconciler> reconciler,
      HttpServer http) {
    this.measurements = measurements;
    this.egress = egress;
    this.registry = registry;
    this.reconciler = reconciler;
    this.http = http;
  }

  /**
   * Serves, after having taken over what an earlier orchestrator left on air.
   *
   * @throws IOException if the address of the HTTP API cannot be had; nothing was taken over then
   * @throws ConfigException if the files for TLS cannot be used
   */
  public static Orchestrator start(ServeConfig config, WorkerHost workers)
      throws IOException, ConfigException {
    Measurements measurements = new Measurements();
    OrchestratorMeters meters = measurements.forOrchestrator();
    EgressSupervisor egress =
        new EgressSupervisor(workers, measurements::forEgress, new SecureRandom());
    MediaMtxPaths paths = new MediaMtxPaths(config.mediamtx());
    StreamServices services =
        new StreamServices(
            workers,
            config.plans(),
            paths,
            egress,
            measurements::forStream,
            measurements::removeStream,
            meters,
            LifecycleSettings.withGrace(config.workers().grace()),
            Clock.systemUTC(),
            Ticker.SYSTEM);
    StreamRegistry registry =
        new StreamRegistry(services, config.workers().max(), new SecureRandom());
    HttpServer http;
    try {
      http = HttpServer.start(config.http(), registry, measurements);
    } catch (IOException | ConfigException | RuntimeException e) {
      registry.close();
      egress.close();
      measurements.close();
      throw e;
    }
    Optional<Reconciler> reconciler =
        config
            .mediamtx()
            .api()
            .map(
                api ->
                    new Reconciler(
                        registry,
                        new MediaMtxApi(api),
                        paths,
                        meters,
                        Ticker.SYSTEM,
                        Reconciler.PERIOD));
    Orchestrator made = new Orchestrator(measurements, egress, registry, reconciler, http);
    made.takeOver(workers.recover());
    reconciler.ifPresent(Reconciler::start);
    return made;
  }

  private void takeOver(List<FoundWorker> found) {
    found.stream().filter(worker -> worker.task().egress().isPresent()).forEach(egress::adopt);
    registry.begin(found.stream().filter(worker -> worker.task().egress().isEmpty()).toList());
  }

  /** The port of the HTTP API. */
  public int port() {
    return http.port();
  }

  /** All streams. */
  public Streams streams() {
    return registry;
  }

  /** Ends all streams cleanly, then everything else. */
  @Override
  public void close() {
    http.drain();
    reconciler.ifPresent(Reconciler::close);
    registry.drain(DRAIN);
    egress.close();
    http.close();
    registry.close();
    measurements.close();
  }
}
