package dev.livedub.orchestrator.http;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.worker.LiveSettings;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.EgressView;
import dev.livedub.orchestrator.api.HookAnswer;
import dev.livedub.orchestrator.api.HookEvent;
import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.api.Readiness;
import dev.livedub.orchestrator.api.StreamChange;
import dev.livedub.orchestrator.api.StreamListener;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.api.StreamView;
import dev.livedub.orchestrator.api.Streams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Streams that run as soon as they are ready, at the port; nothing is dubbed. */
final class FakeStreams implements Streams {

  /** A destination that every stream has. */
  static final String EGRESS = "youtube";

  private final Map<String, StreamView> views = new ConcurrentSkipListMap<>();
  private final Map<String, List<StreamListener>> listeners = new ConcurrentSkipListMap<>();

  final List<HookEvent> hooks = new CopyOnWriteArrayList<>();
  final List<StreamChange> changes = new CopyOnWriteArrayList<>();
  volatile Readiness readiness = new Readiness(true, "all is well");
  private volatile @Nullable CompletionStage<?> nextStage;
  volatile boolean watchable = true;
  private volatile int maxWorkers = Integer.MAX_VALUE;

  /** The next call to something that answers later is answered by this. */
  void answerNextWith(CompletionStage<?> stage) {
    nextStage = stage;
  }

  /** Streams beyond this are refused. */
  void limitWorkers(int max) {
    maxWorkers = max;
  }

  /** How many listen to a stream. */
  int listenersOf(String streamId) {
    return listeners.getOrDefault(streamId, List.of()).size();
  }

  /** Puts a view in place and tells it. */
  void tell(StreamView view) {
    views.put(view.streamId(), view);
    listeners.getOrDefault(view.streamId(), List.of()).forEach(each -> each.onView(view));
  }

  /** Tells a sentence. */
  void tell(String streamId, Caption caption) {
    listeners.getOrDefault(streamId, List.of()).forEach(each -> each.onCaption(caption));
  }

  @Override
  public CompletionStage<HookAnswer> ready(HookEvent event) {
    hooks.add(event);
    if (!views.containsKey(event.streamId()) && views.size() >= maxWorkers) {
      return refused(ProblemCode.MAX_WORKERS, maxWorkers + " workers run already");
    }
    tell(view(event.streamId(), StreamState.RUNNING, "run-1"));
    return answer(event);
  }

  @Override
  public CompletionStage<HookAnswer> notReady(HookEvent event) {
    hooks.add(event);
    if (views.containsKey(event.streamId())) {
      tell(view(event.streamId(), StreamState.GRACE, "run-1"));
    }
    return answer(event);
  }

  @Override
  public List<StreamView> streams() {
    return List.copyOf(views.values());
  }

  @Override
  public Optional<StreamView> stream(String streamId) {
    return Optional.ofNullable(views.get(streamId));
  }

  @Override
  public CompletionStage<StreamView> stop(String streamId) {
    return move(streamId, StreamState.STOPPING);
  }

  @Override
  public CompletionStage<StreamView> restart(String streamId) {
    return move(streamId, StreamState.STARTING);
  }

  @Override
  public CompletionStage<StreamView> change(String streamId, StreamChange change) {
    changes.add(change);
    StreamView view = views.get(streamId);
    if (view == null) {
      return refused(ProblemCode.NOT_FOUND, "no stream " + streamId);
    }
    if (view.worker().isEmpty()) {
      return refused(ProblemCode.CONFLICT, "it is " + view.state());
    }
    StreamView changed = with(view, view.live().after(change.live()));
    tell(changed);
    return later(changed);
  }

  @Override
  public Watch watch(String streamId, StreamListener listener) throws ApiException {
    StreamView view = views.get(streamId);
    if (view == null || !watchable) {
      throw new ApiException(ProblemCode.NOT_FOUND, "no stream " + streamId);
    }
    List<StreamListener> all =
        listeners.computeIfAbsent(streamId, id -> new CopyOnWriteArrayList<>());
    all.add(listener);
    listener.onView(view);
    return () -> all.remove(listener);
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  private CompletionStage<HookAnswer> answer(HookEvent event) {
    StreamView view = views.get(event.streamId());
    return later(
        new HookAnswer(
            event.requestId(),
            event.streamId(),
            view == null ? "" : view.runId(),
            view == null ? StreamState.IDLE : view.state()));
  }

  private CompletionStage<StreamView> move(String streamId, StreamState state) {
    if (!views.containsKey(streamId)) {
      return refused(ProblemCode.NOT_FOUND, "no stream " + streamId);
    }
    StreamView moved = view(streamId, state, "run-1");
    tell(moved);
    return later(moved);
  }

  @SuppressWarnings("unchecked")
  private <T> CompletionStage<T> later(T answer) {
    CompletionStage<?> stage = nextStage;
    nextStage = null;
    return stage == null ? CompletableFuture.completedStage(answer) : (CompletionStage<T>) stage;
  }

  private static <T> CompletionStage<T> refused(ProblemCode code, String detail) {
    return CompletableFuture.failedStage(new ApiException(code, detail));
  }

  /** A stream; with a worker in all states but IDLE. */
  static StreamView view(String streamId, StreamState state, String runId) {
    Instant since = Instant.parse("2026-01-02T03:04:05Z");
    return new StreamView(
        streamId,
        state,
        since,
        "said so",
        runId,
        "rtmpConn",
        "gemini",
        new LiveSettings(Optional.of("es"), false, false, -18),
        Duration.ofSeconds(6),
        OptionalDouble.of(123.5),
        OptionalInt.of(0),
        2,
        0.25,
        OptionalLong.of(4711),
        state == StreamState.IDLE ? Optional.empty() : Optional.of(worker()),
        List.of(
            new EgressView(
                EGRESS,
                "rtmp://a.example/live/***",
                true,
                EgressView.State.FORWARDING,
                since,
                "taking it",
                1,
                1_000)));
  }

  private static StreamView with(StreamView view, LiveSettings live) {
    return new StreamView(
        view.streamId(),
        view.state(),
        view.since(),
        view.reason(),
        view.runId(),
        view.sourceType(),
        view.translator(),
        live,
        view.delay(),
        view.dubLagMillis(),
        view.breaker(),
        view.restarts(),
        view.costUsd(),
        view.workerPid(),
        view.worker(),
        view.egress());
  }

  private static WorkerStatus worker() {
    return new WorkerStatus(
        WorkerStatus.State.RUNNING,
        "on air",
        12_000_000,
        2e6,
        2.1e6,
        6_000,
        6_000,
        Double.NaN,
        OptionalDouble.of(-3.5),
        new SlotCounts(8, 3, 1, 6),
        Optional.empty(),
        Optional.of(BackgroundMode.SEPARATE),
        1,
        0,
        new LiveSettings(Optional.of("es"), false, false, -18),
        List.of(new WorkerStatus.OutputStatus("rtmp://mtx/live/x/out", true, 1_000, 0, 0)));
  }
}
