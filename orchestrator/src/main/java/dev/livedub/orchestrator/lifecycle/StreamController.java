package dev.livedub.orchestrator.lifecycle;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.FoundWorker;
import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.HostedWorkerListener;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.RunId;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.EgressView;
import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.api.StreamChange;
import dev.livedub.orchestrator.api.StreamListener;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.api.StreamView;
import dev.livedub.orchestrator.config.StreamPlan;
import dev.livedub.orchestrator.lifecycle.StreamEffect.BeginRun;
import dev.livedub.orchestrator.lifecycle.StreamEffect.EndRun;
import dev.livedub.orchestrator.lifecycle.StreamEffect.SetTimer;
import dev.livedub.orchestrator.lifecycle.StreamEffect.StartWorker;
import dev.livedub.orchestrator.lifecycle.StreamEffect.StopWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One stream: feeds its {@link StreamMachine} and does what that decides.
 *
 * <p><b>Threading:</b> everything happens on the stream's loop, one thing at a time; {@link #view}
 * and the methods that hand work to the loop may be called by any thread. Nothing blocks.
 */
final class StreamController {

  private static final Logger LOG = LoggerFactory.getLogger(StreamController.class);

  private final String streamId;
  private final StreamServices services;
  private final ScheduledExecutorService loop;
  private final StreamMachine machine;
  private final StreamTally tally;
  private final List<StreamListener> watchers = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> retired = new CompletableFuture<>();

  private final RunPlan run;
  private @Nullable HostedWorker hosted;
  private Optional<WorkerStatus> status = Optional.empty();
  private StreamState shownState = StreamState.IDLE;
  private Instant since;
  private volatile StreamView view;

  /**
   * A stream that nothing was heard of.
   *
   * @param loop runs one task at a time, in order
   */
  StreamController(
      String streamId,
      StreamServices services,
      Admission admission,
      ScheduledExecutorService loop,
      RandomGenerator random) {
    this.streamId = streamId;
    this.services = services;
    this.loop = loop;
    this.machine =
        new StreamMachine(
            services.settings(),
            admission,
            () -> RunId.at(services.clock().instant(), random),
            random);
    this.tally = new StreamTally(services.streamMeters().apply(streamId));
    this.run = new RunPlan(streamId, services);
    this.since = services.clock().instant();
    this.view = makeView();
    services.meters().known(shownState);
  }

  /** The stream as it is now. */
  StreamView view() {
    return view;
  }

  /** Completes when the stream is idle. */
  CompletionStage<Void> idle() {
    CompletableFuture<Void> idle = new CompletableFuture<>();
    watchers.add(
        new StreamListener() {
          @Override
          public void onView(StreamView now) {
            if (now.state() == StreamState.IDLE || now.state() == StreamState.DEGRADED) {
              idle.complete(null);
            }
          }

          @Override
          public void onCaption(Caption caption) {}
        });
    onLoop(this::publish);
    return idle;
  }

  /** What became of a word, and how the stream is after it. */
  record Answer(Outcome outcome, StreamView view) {}

  /** Tells the stream something; completes when it has decided. */
  CompletionStage<Answer> tell(StreamInput input) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    onLoop(
        answer,
        () -> {
          Outcome outcome = take(input);
          answer.complete(new Answer(outcome, view));
        });
    return answer;
  }

  /** Takes over a worker that an earlier orchestrator left on air. */
  void adopt(FoundWorker found) {
    onLoop(
        () -> {
          take(new StreamInput.Found(found.runId()));
          run.beginUnknown();
          hosted = found.adopt(listener(1));
          log(LifecycleEvent.WORKER_ADOPTED, Level.INFO).log("a worker was found on air");
          publish();
        });
  }

  /** Changes the stream while it is on air. */
  CompletionStage<StreamView> change(StreamChange wanted) {
    CompletableFuture<StreamView> answer = new CompletableFuture<>();
    onLoop(
        answer,
        () -> {
          try {
            apply(wanted);
            answer.complete(view);
          } catch (ApiException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** Watches the stream; the returned action ends that. */
  Runnable watch(StreamListener watcher) {
    onLoop(
        () -> {
          watchers.add(watcher);
          watcher.onView(view);
        });
    return () -> onLoop(() -> watchers.remove(watcher));
  }

  /** Forgets the stream if it has been idle and unwatched since a time; then runs the action. */
  void retireIfIdleSince(Instant time, Runnable forget) {
    onLoop(
        () -> {
          boolean idle = machine.state() == StreamState.IDLE && since.isBefore(time);
          if (idle && watchers.isEmpty() && !retired.isDone()) {
            retired.complete(null);
            services.meters().forgotten(shownState);
            services.egress().forget(streamId);
            services.forgetMeters().accept(streamId);
            forget.run();
          }
        });
  }

  /** Says that a stream was forgotten; who told it something has to look it up anew. */
  static final class RetiredException extends RuntimeException {
    RetiredException() {
      super("the stream was forgotten", null, false, false);
    }
  }

  private void onLoop(CompletableFuture<?> answer, Runnable task) {
    try {
      loop.execute(
          () -> {
            if (retired.isDone()) {
              answer.completeExceptionally(new RetiredException());
              return;
            }
            try {
              task.run();
            } catch (RuntimeException | Error e) {
              answer.completeExceptionally(e);
              log(LifecycleEvent.FAULT, Level.ERROR).setCause(e).log("a fault of livedub");
            }
          });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          new ApiException(ProblemCode.DRAINING, "the orchestrator is ending"));
    }
  }

  private void onLoop(Runnable task) {
    onLoop(new CompletableFuture<Void>(), task);
  }

  private long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(services.ticker().nanos());
  }

  private Outcome take(StreamInput input) {
    long restartsBefore = machine.restartsOfRun();
    String runBefore = machine.runId();
    StreamMachine.Decision decision = machine.on(input, nowMillis());
    decision.effects().forEach(this::perform);
    if (run.learn(machine.publisher())) {
      logPlan();
    }
    if (machine.restartsOfRun() > restartsBefore) {
      services.meters().restarted();
    }
    if (machine.state() != shownState) {
      services.meters().moved(shownState, machine.state());
      String runNow = machine.runId();
      log(LifecycleEvent.STREAM_STATE, Level.INFO, runNow.isEmpty() ? runBefore : runNow)
          .addKeyValue("from", shownState.name())
          .addKeyValue("to", machine.state().name())
          .log(machine.reason());
      shownState = machine.state();
      since = services.clock().instant();
    }
    publish();
    return decision.outcome();
  }

  private void perform(StreamEffect effect) {
    if (effect instanceof BeginRun begin) {
      beginRun(begin);
    } else if (effect instanceof StartWorker start) {
      startWorker(start);
    } else if (effect instanceof StopWorker stop) {
      if (hosted != null) {
        hosted.stop(stop.reason());
      }
    } else if (effect instanceof EndRun end) {
      services.egress().end(streamId, end.reason());
    } else if (effect instanceof SetTimer set) {
      setTimer(set);
    } else {
      goneOnAir();
    }
  }

  private void goneOnAir() {
    String dubbed = services.paths().dubbed(streamId);
    services.egress().begin(streamId, machine.runId(), dubbed, run.planned().egress());
    run.egressSwitches().forEach((name, on) -> services.egress().switchTo(streamId, name, on));
  }

  private void beginRun(BeginRun begin) {
    run.begin(begin.publisher());
    tally.beginRun();
    logPlan();
  }

  private void logPlan() {
    StreamPlan plan = run.planned();
    plan.warnings().forEach(warning -> log(LifecycleEvent.QUERY_IGNORED, Level.WARN).log(warning));
    log(LifecycleEvent.STREAM_PLAN, Level.INFO)
        .addKeyValue("translator", DubSettings.word(plan.dub().translator()))
        .addKeyValue("targetLang", plan.dub().targetLang().orElse(""))
        .addKeyValue("delay", plan.dub().delay().text())
        .addKeyValue("input", plan.dub().input())
        .addKeyValue("egress", plan.egress().size())
        .log("what is done with the stream");
  }

  private void startWorker(StartWorker start) {
    WorkerOrder order =
        new WorkerOrder(WorkerTask.dub(streamId), start.runId(), run.planned().dub(), run.change());
    status = Optional.empty();
    log(LifecycleEvent.WORKER_BEGUN, Level.INFO)
        .addKeyValue("restarts", machine.restartsOfRun())
        .log("a worker is started");
    try {
      hosted = services.workers().start(order, listener(start.worker()));
    } catch (RuntimeException e) {
      log(LifecycleEvent.FAULT, Level.ERROR).setCause(e).log("no worker could be started");
      WorkerExit exit = new WorkerExit(ExitCode.INTERNAL, "no worker could be started: " + e);
      onLoop(() -> ended(start.worker(), exit));
    }
  }

  private void setTimer(SetTimer set) {
    StreamInput timedOut = new StreamInput.TimedOut(set.timer(), set.setting());
    Future<?> unused =
        loop.schedule(
            () -> onLoop(() -> take(timedOut)), set.after().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void apply(StreamChange wanted) throws ApiException {
    if (!machine.hasWorker() || machine.state() == StreamState.STOPPING) {
      throw new ApiException(
          ProblemCode.CONFLICT, "the stream is " + machine.state() + ", expected one on air");
    }
    StreamChange made = run.apply(wanted);
    LiveChange live = made.live();
    if (!live.isEmpty() && hosted != null) {
      hosted.change(live);
    }
    made.egress().forEach((name, on) -> services.egress().switchTo(streamId, name, on));
    log(LifecycleEvent.OPERATOR, Level.INFO)
        .addKeyValue("targetLang", live.targetLang().orElse(""))
        .addKeyValue("muted", live.muted().map(String::valueOf).orElse(""))
        .addKeyValue("bypass", live.bypass().map(String::valueOf).orElse(""))
        .addKeyValue("duckDb", live.duckDb().isPresent() ? live.duckDb().getAsDouble() : "")
        .addKeyValue("egress", made.egress())
        .log("changed while on air");
    publish();
  }

  private HostedWorkerListener listener(int worker) {
    return new HostedWorkerListener() {
      @Override
      public void onStatus(WorkerStatus now) {
        onLoop(() -> heard(worker, now));
      }

      @Override
      public void onCaption(Caption caption) {
        onLoop(() -> watchers.forEach(watcher -> watcher.onCaption(caption)));
      }

      @Override
      public void onExit(WorkerExit exit) {
        onLoop(() -> ended(worker, exit));
      }

      @Override
      public MeterSink meters() {
        return tally;
      }
    };
  }

  private void heard(int worker, WorkerStatus now) {
    status = Optional.of(now);
    run.hear(now.live());
    if (now.onAirMicros() > 0) {
      take(new StreamInput.OnAir(worker));
    } else {
      publish();
    }
  }

  private void ended(int worker, WorkerExit exit) {
    status = Optional.empty();
    hosted = null;
    take(new StreamInput.Exited(worker, exit.code(), exit.message()));
  }

  private void publish() {
    view = makeView();
    watchers.forEach(watcher -> watcher.onView(view));
  }

  private StreamView makeView() {
    HostedWorker worker = hosted;
    return new StreamView(
        streamId,
        machine.state(),
        since,
        machine.reason(),
        machine.runId(),
        machine.publisher().sourceType(),
        DubSettings.word(run.planned().dub().translator()),
        run.live(),
        delay(),
        tally.dubLagMillis(),
        tally.breaker(),
        machine.restartsOfRun(),
        tally.costUsd(),
        worker == null ? OptionalLong.empty() : worker.processId(),
        status,
        egress());
  }

  /** The playout delay as the worker has it, or as it will begin with it. */
  private Duration delay() {
    return status
        .map(now -> Duration.ofMillis(Math.round(now.delayMillis())))
        .orElseGet(run.planned().dub().delay()::first);
  }

  private List<EgressView> egress() {
    List<EgressView> running = services.egress().views(streamId);
    return running.isEmpty() ? run.egressOff(since) : running;
  }

  private LoggingEventBuilder log(LifecycleEvent event, Level level) {
    return log(event, level, machine.runId());
  }

  private LoggingEventBuilder log(LifecycleEvent event, Level level, String runId) {
    return LOG.atLevel(level)
        .addKeyValue("event", event.label())
        .addKeyValue("streamId", streamId)
        .addKeyValue("runId", runId);
  }
}
