package dev.livedub.orchestrator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.time.Ticker;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.FoundWorker;
import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.HostedWorkerListener;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.LiveSettings;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.EgressView;
import dev.livedub.orchestrator.api.HookAnswer;
import dev.livedub.orchestrator.api.HookEvent;
import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.api.StreamChange;
import dev.livedub.orchestrator.api.StreamListener;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.api.StreamView;
import dev.livedub.orchestrator.config.EgressTarget;
import dev.livedub.orchestrator.config.MediaMtxConfig;
import dev.livedub.orchestrator.egress.EgressSupervisor;
import dev.livedub.orchestrator.mediamtx.MediaMtxPaths;
import dev.livedub.orchestrator.metrics.Measurements;
import dev.livedub.orchestrator.metrics.OrchestratorMeters;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamRegistryTest {

  private static final List<EgressTarget> EGRESS =
      List.of(new EgressTarget("tube", "rtmp://tube.example/live/secret-key"));

  private final FakeHost host = new FakeHost();
  private final Measurements measurements = new Measurements();
  private final OrchestratorMeters meters = measurements.forOrchestrator();
  private final EgressSupervisor egress =
      new EgressSupervisor(host, measurements::forEgress, new Random(2));
  private StreamRegistry registry = registry(0, Duration.ofSeconds(30));

  private StreamRegistry registry(int maxWorkers, Duration grace) {
    LifecycleSettings settings =
        new LifecycleSettings(
            grace,
            2,
            Duration.ofMinutes(10),
            Duration.ofMillis(20),
            Duration.ofMillis(40),
            Duration.ofSeconds(60));
    StreamServices services =
        new StreamServices(
            host,
            new QueryPlans(EGRESS),
            new MediaMtxPaths(
                new MediaMtxConfig("rtsp://mtx:8554", "rtmp://mtx:1935", Optional.empty())),
            egress,
            measurements::forStream,
            measurements::removeStream,
            meters,
            settings,
            Clock.systemUTC(),
            Ticker.SYSTEM);
    StreamRegistry made = new StreamRegistry(services, maxWorkers, new Random(1));
    made.begin(List.of());
    return made;
  }

  @AfterEach
  void close() {
    registry.close();
    egress.close();
    measurements.close();
  }

  @Test
  void ready_ofNewStream_startsAWorkerWithItsPlan() {
    HookAnswer answer = ready("news", "a", "lang=fr");

    assertThat(answer.state()).isEqualTo(StreamState.STARTING);
    assertThat(answer.runId()).matches("[0-9]{8}T[0-9]{6}-[0-9a-f]{6}");
    WorkerOrder order = host.last().order;
    assertThat(order.task()).isEqualTo(WorkerTask.dub("news"));
    assertThat(order.runId()).isEqualTo(answer.runId());
    assertThat(order.config().input()).isEqualTo("rtsp://mtx:8554/live/news/in");
    assertThat(order.config().outputs()).containsExactly("rtmp://mtx:1935/live/news/out");
    assertThat(order.config().targetLang()).contains("fr");
  }

  @Test
  void ready_backWithinGrace_keepsWorkerAndRun() {
    String runId = ready("news", "a", "").runId();
    goOnAir("news");

    assertThat(notReady("news", "a").state()).isEqualTo(StreamState.GRACE);
    HookAnswer back = ready("news", "b", "");

    assertThat(back.state()).isEqualTo(StreamState.RUNNING);
    assertThat(back.runId()).isEqualTo(runId);
    assertThat(dubs()).hasSize(1);
    assertThat(dubs().get(0).stops).isEmpty();
  }

  @Test
  void notReady_forLongerThanGrace_endsTheRun() {
    restartWith(registry(0, Duration.ofMillis(50)));
    ready("news", "a", "");
    goOnAir("news");
    notReady("news", "a");

    awaitState("news", StreamState.IDLE);
    assertThat(view("news").runId()).isEmpty();
    assertThat(dubs().get(0).stops).containsExactly("the publisher did not come back");
  }

  @Test
  void worker_thatDies_isStartedAgainUntilRestartsAreSpent() {
    String runId = ready("news", "a", "").runId();
    for (int i = 1; i <= 3; i++) {
      int workers = i;
      await().until(() -> dubs().size() == workers);
      host.last().exit(ExitCode.INTERNAL, "signal 9");
    }

    awaitState("news", StreamState.DEGRADED);
    assertThat(view("news").reason()).contains("2 times").contains("signal 9");
    assertThat(dubs()).extracting(worker -> worker.order.runId()).containsOnly(runId);
    assertThat(measurements.scrape()).contains("orchestrator_worker_restarts_total 2.0");
    assertThat(ready("news", "b", "").state()).isEqualTo(StreamState.STARTING);
  }

  @Test
  void ready_beyondMaxWorkers_isRefusedAndChangesNothing() {
    restartWith(registry(1, Duration.ofSeconds(30)));
    ready("one", "a", "");

    assertThat(codeOf(registry.ready(hook("two", "b", "")))).isEqualTo(ProblemCode.MAX_WORKERS);

    assertThat(dubs()).hasSize(1);
    assertThat(view("two").state()).isEqualTo(StreamState.IDLE);
    get(registry.stop("one"));
    awaitState("one", StreamState.IDLE);
    assertThat(ready("two", "b", "").state()).isEqualTo(StreamState.STARTING);
  }

  @Test
  void notReady_ofUnknownStream_isIdleAndForgotten() {
    assertThat(notReady("nobody", "a").state()).isEqualTo(StreamState.IDLE);
    assertThat(registry.streams()).isEmpty();
  }

  @Test
  void change_onAir_reachesTheWorkerAndSurvivesItsRestart() {
    ready("news", "a", "");
    goOnAir("news");
    LiveChange live =
        new LiveChange(
            Optional.of("pt"), Optional.of(true), Optional.empty(), OptionalDouble.of(-12));

    StreamView after = get(registry.change("news", new StreamChange(live, Map.of())));

    assertThat(after.live().targetLang()).contains("pt");
    assertThat(after.live().muted()).isTrue();
    assertThat(after.live().duckDb()).isEqualTo(-12);
    assertThat(dubs().get(0).changes).containsExactly(live);
    dubs().get(0).exit(ExitCode.INTERNAL, "died");
    await().until(() -> dubs().size() == 2);
    assertThat(dubs().get(1).order.change()).isEqualTo(live);
  }

  @Test
  void change_thatCannotBe_isRefusedAndChangesNothing() {
    ready("news", "a", "");
    goOnAir("news");
    LiveChange unknown =
        new LiveChange(
            Optional.of("xx"), Optional.of(true), Optional.empty(), OptionalDouble.empty());

    assertThat(codeOf(registry.change("news", new StreamChange(unknown, Map.of()))))
        .isEqualTo(ProblemCode.INVALID_VALUE);
    assertThat(
            codeOf(registry.change("news", new StreamChange(LiveChange.NONE, Map.of("x", true)))))
        .isEqualTo(ProblemCode.INVALID_VALUE);
    assertThat(codeOf(registry.change("other", new StreamChange(LiveChange.NONE, Map.of()))))
        .isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(dubs().get(0).changes).isEmpty();
    assertThat(view("news").live().muted()).isFalse();
    get(registry.stop("news"));
    awaitState("news", StreamState.IDLE);
    assertThat(codeOf(registry.change("news", new StreamChange(LiveChange.NONE, Map.of()))))
        .isEqualTo(ProblemCode.CONFLICT);
  }

  @Test
  void egress_ofAStreamOnAir_isStartedSwitchedAndEnded() {
    ready("news", "a", "");
    assertThat(view("news").egress().get(0).state()).isEqualTo(EgressView.State.OFF);
    goOnAir("news");

    await().until(() -> forwarders().size() == 1);
    WorkerOrder order = forwarders().get(0).order;
    assertThat(order.config().translator()).isEqualTo(TranslatorKind.BYPASS);
    assertThat(order.config().input()).isEqualTo("rtsp://mtx:8554/live/news/out");
    assertThat(view("news").toString()).doesNotContain("secret-key");

    get(registry.change("news", new StreamChange(LiveChange.NONE, Map.of("tube", false))));
    await().until(() -> !forwarders().get(0).stops.isEmpty());
    assertThat(dubs().get(0).stops).isEmpty();
    get(registry.change("news", new StreamChange(LiveChange.NONE, Map.of("tube", true))));
    await().until(() -> forwarders().size() == 2);
    get(registry.stop("news"));
    await().until(() -> !forwarders().get(1).stops.isEmpty());
  }

  @Test
  void egress_switchedOffBeforeTheStreamIsOnAir_staysOff() {
    ready("news", "a", "");
    get(registry.change("news", new StreamChange(LiveChange.NONE, Map.of("tube", false))));
    goOnAir("news");

    await().until(() -> !view("news").egress().get(0).enabled());
    await()
        .during(Duration.ofMillis(100))
        .until(() -> forwarders().stream().noneMatch(worker -> worker.stops.isEmpty()));
  }

  @Test
  void watch_ofAStream_seesStatesAndCaptions() throws ApiException {
    ready("news", "a", "");
    List<StreamState> states = new CopyOnWriteArrayList<>();
    AtomicReference<Caption> heard = new AtomicReference<>();
    var watch =
        registry.watch(
            "news",
            new StreamListener() {
              @Override
              public void onView(StreamView view) {
                states.add(view.state());
              }

              @Override
              public void onCaption(Caption caption) {
                heard.set(caption);
              }
            });
    goOnAir("news");
    host.workers.get(0).listener().onCaption(new Caption(Side.TARGET, "hola", "es", 0, 1_000));

    await().until(() -> heard.get() != null && states.contains(StreamState.RUNNING));
    assertThat(states.get(0)).isEqualTo(StreamState.STARTING);
    watch.close();
    assertThatThrownBy(() -> registry.watch("other", new Deaf())).isInstanceOf(ApiException.class);
  }

  @Test
  void view_ofARun_addsUpItsCost() {
    ready("news", "a", "");
    goOnAir("news");
    dubs().get(0).listener().meters().add(Meter.TRANSLATOR_COST, "", 0.25);
    dubs().get(0).listener().meters().gauge(Meter.TRANSLATOR_BREAKER_STATE, () -> 2);
    dubs().get(0).goOnAir();

    await().until(() -> view("news").costUsd() == 0.25);
    assertThat(view("news").breaker()).hasValue(2);
    assertThat(measurements.scrape())
        .contains("worker_translator_cost_usd_total{streamId=\"news\"} 0.25");
  }

  @Test
  void begin_withAWorkerFoundOnAir_keepsItsRunAndStartsNoOther() {
    AtomicReference<HostedWorkerListener> adopted = new AtomicReference<>();
    registry.begin(List.of(found("news", "run-before", adopted)));

    await().until(() -> adopted.get() != null);
    assertThat(view("news").runId()).isEqualTo("run-before");
    assertThat(ready("news", "a", "").runId()).isEqualTo("run-before");
    HostedWorkerListener listener = Objects.requireNonNull(adopted.get());
    listener.onStatus(FakeHost.status(new LiveSettings(Optional.of("fr"), true, false, -6), 5_000));
    awaitState("news", StreamState.RUNNING);
    assertThat(view("news").live().targetLang()).contains("fr");
    assertThat(dubs()).isEmpty();

    listener.onExit(new WorkerExit(ExitCode.INTERNAL, "died"));
    await().until(() -> dubs().size() == 1);
    LiveChange kept = dubs().get(0).order.change();
    assertThat(kept.targetLang()).contains("fr");
    assertThat(kept.muted()).contains(true);
    assertThat(kept.duckDb()).hasValue(-6);
  }

  @Test
  void ready_whenTheHostFails_isTriedAgainAndNotStuck() {
    host.failure = new IllegalStateException("no room");
    ready("news", "a", "");

    awaitState("news", StreamState.DEGRADED);
    assertThat(view("news").reason()).contains("no room");
    host.failure = null;
    assertThat(ready("news", "a", "").state()).isEqualTo(StreamState.STARTING);
    assertThat(dubs()).hasSize(1);
  }

  @Test
  void drain_ofRunningStreams_endsThemAndRefusesMore() {
    ready("one", "a", "");
    ready("two", "b", "");
    goOnAir("one");

    assertThat(registry.drain(Duration.ofSeconds(5))).isTrue();

    assertThat(dubs()).allMatch(worker -> !worker.stops.isEmpty());
    assertThat(codeOf(registry.ready(hook("three", "c", "")))).isEqualTo(ProblemCode.DRAINING);
    assertThat(registry.readiness().ready()).isFalse();
  }

  private void restartWith(StreamRegistry other) {
    registry.close();
    registry = other;
  }

  private HookAnswer ready(String streamId, String sourceId, String query) {
    return get(registry.ready(hook(streamId, sourceId, query)));
  }

  private HookAnswer notReady(String streamId, String sourceId) {
    return get(registry.notReady(hook(streamId, sourceId, "")));
  }

  private static HookEvent hook(String streamId, String sourceId, String query) {
    return new HookEvent(
        "request", streamId, "live/" + streamId + "/in", query, "rtmpConn", sourceId);
  }

  private void goOnAir(String streamId) {
    dubs().stream()
        .filter(worker -> worker.order.task().streamId().equals(streamId))
        .forEach(FakeHost.FakeWorker::goOnAir);
    awaitState(streamId, StreamState.RUNNING);
  }

  private List<FakeHost.FakeWorker> dubs() {
    return host.workers.stream().filter(each -> each.order.task().egress().isEmpty()).toList();
  }

  private List<FakeHost.FakeWorker> forwarders() {
    return host.workers.stream().filter(each -> each.order.task().egress().isPresent()).toList();
  }

  private StreamView view(String streamId) {
    return registry.stream(streamId).orElseThrow();
  }

  private void awaitState(String streamId, StreamState state) {
    await().until(() -> view(streamId).state() == state);
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static ProblemCode codeOf(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().join();
      throw new AssertionError("not refused");
    } catch (CompletionException e) {
      assertThat(e.getCause()).isInstanceOf(ApiException.class);
      return ((ApiException) e.getCause()).code();
    }
  }

  private FoundWorker found(
      String streamId, String runId, AtomicReference<HostedWorkerListener> adopted) {
    return new FoundWorker() {
      @Override
      public WorkerTask task() {
        return WorkerTask.dub(streamId);
      }

      @Override
      public String runId() {
        return runId;
      }

      @Override
      public HostedWorker adopt(HostedWorkerListener listener) {
        adopted.set(listener);
        return new FakeHost.FakeWorker(
            new WorkerOrder(
                task(), runId, QueryPlans.dub(streamId, "es", "in", "out"), LiveChange.NONE),
            listener);
      }
    };
  }

  /** Hears nothing. */
  private static final class Deaf implements StreamListener {
    @Override
    public void onView(StreamView view) {}

    @Override
    public void onCaption(Caption caption) {}
  }
}
