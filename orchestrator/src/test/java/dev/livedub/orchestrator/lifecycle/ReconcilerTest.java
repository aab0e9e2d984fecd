package dev.livedub.orchestrator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.time.Ticker;
import dev.livedub.orchestrator.api.HookEvent;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.config.MediaMtxConfig;
import dev.livedub.orchestrator.config.StreamPlan;
import dev.livedub.orchestrator.config.StreamPlans;
import dev.livedub.orchestrator.egress.EgressSupervisor;
import dev.livedub.orchestrator.mediamtx.FakeMediaMtx;
import dev.livedub.orchestrator.mediamtx.MediaMtxApi;
import dev.livedub.orchestrator.mediamtx.MediaMtxPaths;
import dev.livedub.orchestrator.metrics.Measurements;
import dev.livedub.orchestrator.metrics.OrchestratorMeters;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

  private static final Duration PERIOD = Duration.ofMillis(50);

  private final FakeHost host = new FakeHost();
  private final Measurements measurements = new Measurements();
  private final OrchestratorMeters meters = measurements.forOrchestrator();
  private final EgressSupervisor egress =
      new EgressSupervisor(host, measurements::forEgress, new Random(2));
  private final MediaMtxPaths paths =
      new MediaMtxPaths(new MediaMtxConfig("rtsp://mtx:8554", "rtmp://mtx:1935", Optional.empty()));
  private FakeMediaMtx server;
  private StreamRegistry registry;
  private Reconciler reconciler;

  @BeforeEach
  void start() throws IOException {
    server = new FakeMediaMtx();
    begin(new QueryPlans(List.of()), PERIOD);
  }

  private void begin(StreamPlans plans, Duration period) {
    StreamServices services =
        new StreamServices(
            host,
            plans,
            paths,
            egress,
            measurements::forStream,
            measurements::removeStream,
            meters,
            LifecycleSettings.withGrace(Duration.ofMillis(100)),
            Clock.systemUTC(),
            Ticker.SYSTEM);
    registry = new StreamRegistry(services, 0, new Random(1));
    registry.begin(List.of());
    reconciler =
        new Reconciler(
            registry,
            new MediaMtxApi("http://" + server.authority()),
            paths,
            meters,
            Ticker.SYSTEM,
            period);
  }

  @AfterEach
  void stop() {
    reconciler.close();
    registry.close();
    egress.close();
    measurements.close();
    server.close();
  }

  @Test
  void start_withAPublisherWhoseHookWasLost_startsItsStreamWithItsQuery() {
    server.publish("live/news/in", "rtmpConn", "id-1", "lang=fr");
    reconciler.start();

    await().until(() -> state("news") == StreamState.STARTING);
    assertThat(host.last().order.config().targetLang()).contains("fr");
    assertThat(host.last().order.config().input()).isEqualTo("rtmp://mtx:1935/live/news/in");
    assertThat(measurements.scrape())
        .contains("orchestrator_reconcile_total{outcome=\"started\"} 1.0");
  }

  @Test
  void start_whenTheEndOfAPublisherWasNotSaid_endsItsStreamAfterGrace() {
    server.publish("live/news/in", "rtmpConn", "id-1", "");
    reconciler.start();
    await().until(() -> state("news") == StreamState.STARTING);
    host.last().goOnAir();
    await().until(() -> state("news") == StreamState.RUNNING);

    server.unpublish("live/news/in");

    await().until(() -> state("news") == StreamState.IDLE);
    assertThat(host.workers).hasSize(1);
  }

  @Test
  void start_withAnApiThatFails_changesNothing() {
    registry
        .ready(new HookEvent("r", "news", "live/news/in", "", "rtmpConn", "id-1"))
        .toCompletableFuture()
        .join();
    server.fail(500);
    reconciler.start();

    await().until(() -> server.lists() >= 3);
    assertThat(state("news")).isEqualTo(StreamState.STARTING);
    assertThat(host.last().stops).isEmpty();
    assertThat(host.last().order.config().input()).startsWith("rtsp:");
    assertThat(measurements.scrape()).containsPattern("outcome=\"unreachable\"} [1-9]");
  }

  @Test
  void start_whileMediaMtxDoesNotAnswer_asksSoonerThanUsual() {
    registry.close();
    begin(new QueryPlans(List.of()), Duration.ofHours(1));
    server.fail(503);
    reconciler.start();
    await().until(() -> server.lists() >= 2);
    assertThat(paths.dubbed("news")).startsWith("rtsp:");

    server.fail(200);
    await().until(() -> paths.dubbed("news").startsWith("rtmp:"));
  }

  @Test
  void start_withAStreamThatFails_tellsTheOthersAndGoesOn() {
    registry.close();
    QueryPlans plans = new QueryPlans(List.of());
    begin(
        new StreamPlans() {
          @Override
          public StreamPlan planFor(String streamId, String query, String input, String output) {
            if (streamId.startsWith("bad")) {
              throw new IllegalStateException("on purpose");
            }
            return plans.planFor(streamId, query, input, output);
          }

          @Override
          public Optional<String> languageFor(String streamId, String tag) {
            return plans.languageFor(streamId, tag);
          }
        },
        PERIOD);
    for (int i = 0; i < 10; i++) {
      server.publish("live/bad-" + i + "/in", "rtmpConn", "bad-" + i, "");
      server.publish("live/good-" + i + "/in", "rtmpConn", "good-" + i, "");
    }
    reconciler.start();

    await().until(() -> server.lists() >= 3);
    assertThat(registry.streams()).hasSize(10);
  }

  private StreamState state(String streamId) {
    return registry.stream(streamId).map(view -> view.state()).orElse(StreamState.IDLE);
  }
}
