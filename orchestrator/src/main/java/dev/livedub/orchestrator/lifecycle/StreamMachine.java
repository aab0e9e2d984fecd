package dev.livedub.orchestrator.lifecycle;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.lifecycle.StreamEffect.BeginRun;
import dev.livedub.orchestrator.lifecycle.StreamEffect.EndRun;
import dev.livedub.orchestrator.lifecycle.StreamEffect.GoneOnAir;
import dev.livedub.orchestrator.lifecycle.StreamEffect.SetTimer;
import dev.livedub.orchestrator.lifecycle.StreamEffect.StartWorker;
import dev.livedub.orchestrator.lifecycle.StreamEffect.StopWorker;
import dev.livedub.orchestrator.lifecycle.StreamEffect.Timer;
import dev.livedub.orchestrator.lifecycle.StreamInput.Exited;
import dev.livedub.orchestrator.lifecycle.StreamInput.Found;
import dev.livedub.orchestrator.lifecycle.StreamInput.NotReady;
import dev.livedub.orchestrator.lifecycle.StreamInput.Observed;
import dev.livedub.orchestrator.lifecycle.StreamInput.OnAir;
import dev.livedub.orchestrator.lifecycle.StreamInput.Ready;
import dev.livedub.orchestrator.lifecycle.StreamInput.Restart;
import dev.livedub.orchestrator.lifecycle.StreamInput.Stop;
import dev.livedub.orchestrator.lifecycle.StreamInput.TimedOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The life cycle of one stream, pure: what happened goes in, what is to be done comes out. It knows
 * no clock but the times it is given, and touches nothing.
 *
 * <p>{@link Presence} makes sense of what hooks say. What MediaMTX itself says when it is asked
 * overrules hooks that came before the question.
 *
 * <p>There is at most one worker: a run begins only when the worker before it has ended.
 *
 * <p><b>Threading:</b> none; one owner.
 */
final class StreamMachine {

  /** Ends that another attempt cannot mend: they are wrong in the configuration or the stream. */
  private static final Set<ExitCode> FINAL =
      Set.of(ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.INPUT_CODEC_REFUSED);

  private static final Map<StreamState, Set<StreamState>> MOVES = moves();

  private final LifecycleSettings settings;
  private final Admission admission;
  private final Supplier<String> runIds;
  private final RestartPolicy restarts;
  private final Presence presence = new Presence();
  private final Map<Timer, Integer> timers = new EnumMap<>(Timer.class);
  private final List<StreamEffect> effects = new ArrayList<>();

  private StreamState state = StreamState.IDLE;
  private String reason = "nothing was published yet";
  private String runId = "";
  private boolean again;
  private String nextRunId = "";
  private boolean draining;
  private int worker;
  private boolean workerAlive;
  private boolean onAir;
  private long onAirSinceMillis;
  private long restartsOfRun;
  private int settingCount;
  private long nowMillis;

  /**
   * A stream of which nothing was heard.
   *
   * @param runIds makes names of runs
   * @param random for the jitter of pauses
   */
  StreamMachine(
      LifecycleSettings settings,
      Admission admission,
      Supplier<String> runIds,
      RandomGenerator random) {
    this.settings = settings;
    this.admission = admission;
    this.runIds = runIds;
    this.restarts = new RestartPolicy(settings, random);
  }

  /** What became of an input, and what is to be done about it, in order. */
  record Decision(Outcome outcome, List<StreamEffect> effects) {}

  /**
   * Takes an input.
   *
   * @param atMillis now, of a clock that never steps back
   */
  Decision on(StreamInput input, long atMillis) {
    nowMillis = Math.max(nowMillis, atMillis);
    Outcome outcome = isOfWorker(input) ? onWorker(input) : onWord(input);
    List<StreamEffect> todo = List.copyOf(effects);
    effects.clear();
    return new Decision(outcome, todo);
  }

  private static boolean isOfWorker(StreamInput input) {
    return input instanceof OnAir || input instanceof Exited || input instanceof TimedOut;
  }

  private Outcome onWorker(StreamInput input) {
    if (input instanceof OnAir air) {
      return onAir(air.worker());
    }
    return input instanceof Exited exited ? onExited(exited) : onTimedOut((TimedOut) input);
  }

  private Outcome onWord(StreamInput input) {
    if (input instanceof Ready ready) {
      return onReady(ready.publisher());
    } else if (input instanceof NotReady notReady) {
      return presence.left(notReady.sourceId(), nowMillis) ? gone() : Outcome.STALE;
    } else if (input instanceof Observed observed) {
      return onObserved(observed);
    } else if (input instanceof Stop) {
      return onStop();
    } else if (input instanceof Restart) {
      return onRestart();
    } else if (input instanceof Found found) {
      return onFound(found.runId());
    }
    return onDrain();
  }

  StreamState state() {
    return state;
  }

  /** Why it is in this state, one line. */
  String reason() {
    return reason;
  }

  /** The run it is in or will be in; empty if none. */
  String runId() {
    return again ? nextRunId : runId;
  }

  /** Who publishes, as was said last. */
  Publisher publisher() {
    return presence.publisher();
  }

  /** How often the worker was started again in this run. */
  long restartsOfRun() {
    return restartsOfRun;
  }

  /** Whether there is a worker. */
  boolean hasWorker() {
    return workerAlive;
  }

  private Outcome onReady(Publisher who) {
    if (draining) {
      return Outcome.DRAINING;
    }
    return presence.isOutdated(who) ? Outcome.STALE : arrived(who, true);
  }

  private Outcome arrived(Publisher who, boolean byHook) {
    boolean known = presence.isPresent() && !presence.publisher().differsFrom(who.sourceId());
    return switch (state) {
      case IDLE -> presence.isHeld(who, byHook) ? Outcome.HELD : begin(who, "published");
      case DEGRADED -> {
        yield byHook || !known ? beginAfresh(who) : Outcome.DUPLICATE;
      }
      case STARTING, RUNNING -> {
        presence.arrived(who, nowMillis);
        yield known ? Outcome.DUPLICATE : Outcome.KEPT;
      }
      case GRACE -> {
        presence.arrived(who, nowMillis);
        leaveGrace();
        yield Outcome.KEPT;
      }
      case STOPPING -> presence.isHeld(who, byHook) ? Outcome.HELD : queue(who);
    };
  }

  private Outcome queue(Publisher who) {
    presence.arrived(who, nowMillis);
    presence.letGo();
    return beginAgain() ? Outcome.QUEUED : Outcome.DUPLICATE;
  }

  /** Has another run follow this one; says whether that is news. */
  private boolean beginAgain() {
    if (again) {
      return false;
    }
    again = true;
    nextRunId = runIds.get();
    return true;
  }

  private Outcome begin(Publisher who, String why) {
    if (!admission.tryEnter()) {
      return Outcome.MAX_WORKERS;
    }
    presence.arrived(who, nowMillis);
    beginRun(runIds.get(), why);
    return Outcome.STARTED;
  }

  private Outcome beginAfresh(Publisher who) {
    restarts.reset();
    return begin(who, "published anew");
  }

  private void beginRun(String id, String why) {
    presence.letGo();
    again = false;
    nextRunId = "";
    runId = id;
    restartsOfRun = 0;
    effects.add(new BeginRun(runId, presence.publisher()));
    moveTo(StreamState.STARTING, why);
    startWorker();
  }

  private void startWorker() {
    worker++;
    workerAlive = true;
    onAir = false;
    effects.add(new StartWorker(worker, runId));
  }

  private void leaveGrace() {
    timers.remove(Timer.GRACE);
    if (onAir) {
      moveTo(StreamState.RUNNING, "the publisher is back");
      return;
    }
    moveTo(StreamState.STARTING, "the publisher is back");
    if (!workerAlive) {
      restartsOfRun++;
      startWorker();
    }
  }

  private Outcome gone() {
    return switch (state) {
      case IDLE, GRACE -> Outcome.DUPLICATE;
      case DEGRADED -> {
        restarts.reset();
        moveTo(StreamState.IDLE, "the publisher is gone");
        yield Outcome.STOPPED;
      }
      case STARTING, RUNNING -> {
        timers.remove(Timer.RETRY);
        moveTo(StreamState.GRACE, "the publisher is gone");
        setTimer(Timer.GRACE, settings.grace());
        yield Outcome.GRACE;
      }
      case STOPPING -> {
        boolean wasQueued = again;
        again = false;
        yield wasQueued ? Outcome.STOPPED : Outcome.DUPLICATE;
      }
    };
  }

  private Outcome onObserved(Observed observed) {
    if (draining) {
      return Outcome.DRAINING;
    }
    if (presence.isNewsSince(observed.publisher(), observed.askedMillis())) {
      return Outcome.STALE;
    }
    if (observed.publisher().isEmpty()) {
      return presence.left("", nowMillis) && isPublished() ? gone() : Outcome.DUPLICATE;
    }
    Publisher who = observed.publisher().get();
    boolean known = presence.isKnown(who) && state != StreamState.IDLE;
    return known ? Outcome.DUPLICATE : arrived(who, false);
  }

  /** Whether the stream's state says that there is a publisher. */
  private boolean isPublished() {
    return switch (state) {
      case STARTING, RUNNING, DEGRADED -> true;
      case STOPPING -> again;
      case IDLE, GRACE -> false;
    };
  }

  private Outcome onStop() {
    presence.hold();
    again = false;
    return switch (state) {
      case IDLE, DEGRADED -> {
        boolean wasDegraded = state == StreamState.DEGRADED;
        restarts.reset();
        moveTo(StreamState.IDLE, "stopped by an operator");
        yield wasDegraded ? Outcome.STOPPED : Outcome.DUPLICATE;
      }
      case STARTING, RUNNING, GRACE -> {
        end("stopped by an operator");
        yield Outcome.STOPPED;
      }
      case STOPPING -> {
        reason = "stopped by an operator";
        yield Outcome.STOPPED;
      }
    };
  }

  private Outcome onRestart() {
    if (draining) {
      return Outcome.DRAINING;
    }
    Publisher who = presence.publisher();
    presence.letGo();
    return switch (state) {
      case IDLE -> begin(who, "started by an operator");
      case DEGRADED -> beginAfresh(who);
      case STARTING, RUNNING, GRACE -> {
        restarts.reset();
        beginAgain();
        end("started anew by an operator");
        yield state == StreamState.STOPPING ? Outcome.QUEUED : Outcome.STARTED;
      }
      case STOPPING -> {
        restarts.reset();
        beginAgain();
        yield Outcome.QUEUED;
      }
    };
  }

  private Outcome onDrain() {
    draining = true;
    again = false;
    if (state == StreamState.STARTING
        || state == StreamState.RUNNING
        || state == StreamState.GRACE) {
      end("the orchestrator is ending");
      return Outcome.STOPPED;
    }
    return Outcome.DUPLICATE;
  }

  /** Ends the run, through the end of its worker if it has one. */
  private void end(String why) {
    timers.clear();
    if (workerAlive) {
      moveTo(StreamState.STOPPING, why);
      effects.add(new StopWorker(worker, why));
    } else {
      ended(why);
    }
  }

  /** The run is over, and no worker is left of it. */
  private void ended(String why) {
    effects.add(new EndRun(runId, why));
    runId = "";
    onAir = false;
    if (again) {
      String id = nextRunId;
      moveTo(StreamState.IDLE, why);
      beginRun(id, "begun when the run before had ended");
    } else {
      admission.leave();
      moveTo(StreamState.IDLE, why);
    }
  }

  private Outcome onFound(String foundRunId) {
    if (state != StreamState.IDLE) {
      throw new IllegalStateException("a worker was found for a stream that is " + state);
    }
    admission.enter();
    runId = foundRunId;
    presence.found(nowMillis);
    worker++;
    workerAlive = true;
    effects.add(new BeginRun(runId, presence.publisher()));
    moveTo(StreamState.STARTING, "its worker was found on air");
    return Outcome.KEPT;
  }

  private Outcome onAir(int which) {
    if (which != worker || !workerAlive || onAir) {
      return Outcome.DUPLICATE;
    }
    onAir = true;
    onAirSinceMillis = nowMillis;
    if (state == StreamState.STARTING) {
      moveTo(StreamState.RUNNING, "on air");
    }
    if (state != StreamState.STOPPING) {
      effects.add(new GoneOnAir(runId));
    }
    return Outcome.STARTED;
  }

  private Outcome onExited(Exited exited) {
    if (exited.worker() != worker || !workerAlive) {
      return Outcome.STALE;
    }
    workerAlive = false;
    long onAirMillis = onAir ? nowMillis - onAirSinceMillis : 0;
    onAir = false;
    switch (state) {
      case STOPPING -> ended(reason);
      case STARTING, RUNNING -> retry(exited, onAirMillis);
      case GRACE -> reason = "the publisher is gone, and the worker ended: " + exited.message();
      case IDLE, DEGRADED -> throw new IllegalStateException("a worker ended while " + state);
    }
    return Outcome.STOPPED;
  }

  private void retry(Exited exited, long onAirMillis) {
    Optional<Duration> pause =
        FINAL.contains(exited.code()) ? Optional.empty() : restarts.next(nowMillis, onAirMillis);
    if (pause.isEmpty()) {
      String spent =
          FINAL.contains(exited.code())
              ? "the worker cannot dub this: "
              : "the worker was started again " + restarts.counted() + " times: ";
      effects.add(new EndRun(runId, exited.message()));
      runId = "";
      admission.leave();
      moveTo(StreamState.DEGRADED, spent + exited.message());
      return;
    }
    restartsOfRun++;
    String why =
        "the worker ended, next start in " + pause.get().toMillis() + " ms: " + exited.message();
    moveTo(StreamState.STARTING, why);
    setTimer(Timer.RETRY, pause.get());
  }

  private Outcome onTimedOut(TimedOut timedOut) {
    Integer set = timers.get(timedOut.timer());
    if (set == null || set != timedOut.setting()) {
      return Outcome.STALE;
    }
    timers.remove(timedOut.timer());
    if (timedOut.timer() == Timer.RETRY) {
      startWorker();
      return Outcome.STARTED;
    }
    end("the publisher did not come back");
    return Outcome.STOPPED;
  }

  private void setTimer(Timer timer, Duration after) {
    timers.put(timer, ++settingCount);
    effects.add(new SetTimer(timer, settingCount, after));
  }

  private void moveTo(StreamState next, String why) {
    if (next != state && !MOVES.getOrDefault(state, Set.of()).contains(next)) {
      throw new IllegalStateException(state + " cannot become " + next + ": " + why);
    }
    state = next;
    reason = why;
  }

  private static Map<StreamState, Set<StreamState>> moves() {
    return Map.of(
        StreamState.IDLE, Set.of(StreamState.STARTING),
        StreamState.STARTING,
            Set.of(
                StreamState.RUNNING,
                StreamState.GRACE,
                StreamState.STOPPING,
                StreamState.DEGRADED,
                StreamState.IDLE),
        StreamState.RUNNING,
            Set.of(
                StreamState.STARTING,
                StreamState.GRACE,
                StreamState.STOPPING,
                StreamState.DEGRADED),
        StreamState.GRACE,
            Set.of(
                StreamState.RUNNING, StreamState.STARTING, StreamState.STOPPING, StreamState.IDLE),
        StreamState.STOPPING, Set.of(StreamState.IDLE),
        StreamState.DEGRADED, Set.of(StreamState.IDLE, StreamState.STARTING));
  }
}
