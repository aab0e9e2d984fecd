package dev.livedub.orchestrator.lifecycle;

import dev.livedub.core.worker.FoundWorker;
import dev.livedub.orchestrator.api.ApiException;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams: finds the one that a word is for, and puts the words together with what becomes of
 * them.
 *
 * <p>A stream is known from its first <i>ready</i> on, until it has been idle for {@link
 * #REMEMBER}.
 *
 * <p><b>Threading:</b> any thread; only {@link #drain} and {@link #close} block.
 */
public final class StreamRegistry implements Streams, AutoCloseable {

  /** How long a stream is remembered when it is idle. */
  static final Duration REMEMBER = Duration.ofHours(1);

  /** Beyond so many streams, idle ones are forgotten after a minute. */
  static final int CROWD = 1_000;

  private static final Duration REMEMBER_IN_CROWD = Duration.ofMinutes(1);
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(StreamRegistry.class);

  private final StreamServices services;
  private final WorkerPlaces places;
  private final RandomGenerator random;
  private final Duration housekeeping;
  private final StreamLoops loops = new StreamLoops();
  private final ConcurrentMap<String, StreamController> streams = new ConcurrentHashMap<>();
  private volatile boolean begun;
  private volatile boolean draining;
  private volatile Readiness readiness = new Readiness(false, "starting");

  /**
   * A registry that knows no stream.
   *
   * @param maxWorkers streams dubbed at once; 0 for no limit
   * @param random for names of runs and the jitter of pauses; used by several threads
   */
  public StreamRegistry(StreamServices services, int maxWorkers, RandomGenerator random) {
    this(services, maxWorkers, random, HOUSEKEEPING);
  }

  /** A registry that looks at other intervals for streams to forget. */
  StreamRegistry(
      StreamServices services, int maxWorkers, RandomGenerator random, Duration housekeeping) {
    this.services = services;
    this.places = new WorkerPlaces(maxWorkers);
    this.random = random;
    this.housekeeping = housekeeping;
  }

  /**
   * Takes over what an earlier orchestrator left on air, and is ready from then on. What is said
   * before that is refused: it might start a worker beside one that was not taken over yet.
   *
   * @param found the dubs among the workers found
   */
  public void begin(List<FoundWorker> found) {
    found.forEach(worker -> controller(worker.task().streamId()).adopt(worker));
    loops.every(housekeeping, this::forgetIdle);
    begun = true;
    readiness = new Readiness(true, "ready");
  }

  @Override
  public CompletionStage<HookAnswer> ready(HookEvent event) {
    Publisher publisher = new Publisher(event.sourceId(), event.sourceType(), event.query());
    if (draining || !begun) {
      return refused(event, "ready", Outcome.DRAINING);
    }
    return tell(event.streamId(), new StreamInput.Ready(publisher))
        .thenCompose(
            answer ->
                answer.outcome().isRefusal()
                    ? refused(event, "ready", answer.outcome())
                    : answered(event, "ready", answer));
  }

  @Override
  public CompletionStage<HookAnswer> notReady(HookEvent event) {
    if (!streams.containsKey(event.streamId())) {
      logHook(event, "not_ready", Outcome.DUPLICATE, StreamState.IDLE, "");
      return CompletableFuture.completedFuture(
          new HookAnswer(event.requestId(), event.streamId(), "", StreamState.IDLE));
    }
    return tell(event.streamId(), new StreamInput.NotReady(event.sourceId()))
        .thenCompose(answer -> answered(event, "not_ready", answer));
  }

  private CompletionStage<HookAnswer> answered(
      HookEvent event, String kind, StreamController.Answer answer) {
    StreamView view = answer.view();
    logHook(event, kind, answer.outcome(), view.state(), view.runId());
    return CompletableFuture.completedFuture(
        new HookAnswer(event.requestId(), event.streamId(), view.runId(), view.state()));
  }

  private CompletionStage<HookAnswer> refused(HookEvent event, String kind, Outcome outcome) {
    logHook(event, kind, outcome, StreamState.IDLE, "");
    return CompletableFuture.failedFuture(refusal(outcome));
  }

  private ApiException refusal(Outcome outcome) {
    return outcome == Outcome.DRAINING
        ? new ApiException(
            ProblemCode.DRAINING, "the orchestrator is " + (begun ? "ending" : "starting"))
        : new ApiException(ProblemCode.MAX_WORKERS, "as many streams as may be are dubbed already");
  }

  private void logHook(
      HookEvent event, String kind, Outcome outcome, StreamState state, String runId) {
    services.meters().hook(kind, outcome.label());
    (outcome.isRefusal() ? LOG.atWarn() : LOG.atInfo())
        .addKeyValue("event", LifecycleEvent.HOOK.label())
        .addKeyValue("streamId", event.streamId())
        .addKeyValue("runId", runId)
        .addKeyValue("hook", kind)
        .addKeyValue("outcome", outcome.label())
        .addKeyValue("state", state.name())
        .addKeyValue("path", event.path())
        .addKeyValue("sourceType", event.sourceType())
        .addKeyValue("sourceId", event.sourceId())
        .addKeyValue("requestId", event.requestId())
        .log("{}: {}", kind, outcome.label());
  }

  @Override
  public List<StreamView> streams() {
    return streams.values().stream()
        .map(StreamController::view)
        .sorted(Comparator.comparing(StreamView::streamId))
        .toList();
  }

  @Override
  public Optional<StreamView> stream(String streamId) {
    return Optional.ofNullable(streams.get(streamId)).map(StreamController::view);
  }

  @Override
  public CompletionStage<StreamView> stop(String streamId) {
    return operator(streamId, "stop", new StreamInput.Stop());
  }

  @Override
  public CompletionStage<StreamView> restart(String streamId) {
    return operator(streamId, "restart", new StreamInput.Restart());
  }

  private CompletionStage<StreamView> operator(String streamId, String word, StreamInput input) {
    return known(
        streamId,
        stream ->
            stream
                .tell(input)
                .thenCompose(
                    answer -> {
                      LOG.atInfo()
                          .addKeyValue("event", LifecycleEvent.OPERATOR.label())
                          .addKeyValue("streamId", streamId)
                          .addKeyValue("runId", answer.view().runId())
                          .addKeyValue("outcome", answer.outcome().label())
                          .log("{}: {}", word, answer.outcome().label());
                      return answer.outcome().isRefusal()
                          ? CompletableFuture.failedFuture(refusal(answer.outcome()))
                          : CompletableFuture.completedFuture(answer.view());
                    }));
  }

  @Override
  public CompletionStage<StreamView> change(String streamId, StreamChange change) {
    return known(streamId, stream -> stream.change(change));
  }

  @Override
  public Watch watch(String streamId, StreamListener listener) throws ApiException {
    StreamController stream = streams.get(streamId);
    if (stream == null) {
      throw unknown(streamId);
    }
    return stream.watch(listener)::run;
  }

  private <T> CompletionStage<T> known(
      String streamId, Function<StreamController, CompletionStage<T>> call) {
    StreamController stream = streams.get(streamId);
    return stream == null
        ? CompletableFuture.failedFuture(unknown(streamId))
        : call.apply(stream).exceptionallyCompose(failure -> forgotten(streamId, failure));
  }

  private static <T> CompletionStage<T> forgotten(String streamId, Throwable failure) {
    boolean retired = cause(failure) instanceof StreamController.RetiredException;
    return CompletableFuture.failedFuture(retired ? unknown(streamId) : failure);
  }

  private static ApiException unknown(String streamId) {
    return new ApiException(ProblemCode.NOT_FOUND, "no stream " + streamId);
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  /** Tells a stream something; one that was forgotten meanwhile is made anew. */
  CompletionStage<StreamController.Answer> tell(String streamId, StreamInput input) {
    return controller(streamId)
        .tell(input)
        .exceptionallyCompose(
            failure ->
                cause(failure) instanceof StreamController.RetiredException
                    ? controller(streamId).tell(input)
                    : CompletableFuture.failedFuture(failure));
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private StreamController controller(String streamId) {
    return streams.computeIfAbsent(
        streamId, id -> new StreamController(id, services, places, loops.of(id), random));
  }

  /** Forgets streams that have been idle for long. */
  private void forgetIdle() {
    Duration remember = streams.size() > CROWD ? REMEMBER_IN_CROWD : REMEMBER;
    Instant before = services.clock().instant().minus(remember);
    streams.forEach(
        (id, stream) -> stream.retireIfIdleSince(before, () -> streams.remove(id, stream)));
  }

  /**
   * Ends all streams: refuses what comes from now on, and waits until they are idle.
   *
   * @return whether all are
   */
  public boolean drain(Duration patience) {
    draining = true;
    readiness = new Readiness(false, "draining");
    LOG.atInfo()
        .addKeyValue("event", LifecycleEvent.DRAINING.label())
        .addKeyValue("streams", places.taken())
        .log("ending all streams");
    CompletableFuture<?>[] ends =
        streams.values().stream()
            .map(stream -> stream.tell(new StreamInput.Drain()).thenCompose(done -> stream.idle()))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new);
    boolean all = await(CompletableFuture.allOf(ends), patience);
    (all ? LOG.atInfo() : LOG.atWarn())
        .addKeyValue("event", LifecycleEvent.DRAINED.label())
        .addKeyValue("left", places.taken())
        .log(all ? "all streams have ended" : "some streams did not end in time");
    return all;
  }

  private static boolean await(CompletableFuture<Void> end, Duration patience) {
    try {
      end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    draining = true;
    loops.close();
  }
}
