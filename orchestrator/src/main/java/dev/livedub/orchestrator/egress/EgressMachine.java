package dev.livedub.orchestrator.egress;

import dev.livedub.core.log.MaskedUrl;
import dev.livedub.core.time.Ticker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerStatus.OutputStatus;
import dev.livedub.orchestrator.api.EgressView;
import dev.livedub.orchestrator.api.EgressView.State;
import dev.livedub.orchestrator.config.EgressTarget;
import dev.livedub.orchestrator.metrics.EgressError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One destination: whether it is wanted, what its forwarder does, and what follows from that. There
 * is never a second forwarder before the first one's end has been told.
 *
 * <p>Pure: it opens nothing and waits for nothing, but tells its {@link EgressEffects} what to do.
 *
 * <p><b>Threading:</b> none; its owner calls it by one thread at a time.
 */
final class EgressMachine {

  /** How long a forwarder of an earlier process may wait for a run to claim it. */
  static final Duration UNCLAIMED = Duration.ofSeconds(60);

  /** What there is of a forwarder. */
  private enum Phase {
    /** Nothing. */
    NONE,
    /** Nothing, until the alarm. */
    WAITING,
    /** It has been started, or taken over, and not ended. */
    ALIVE,
    /** It has been told to end and has not. */
    ENDING
  }

  private final EgressEffects effects;
  private final EgressPatience patience;
  private final Ticker ticker;
  private final InstantSource clock;
  private EgressTarget target;
  private @Nullable EgressRun run;
  private String lastRunId = "";
  private boolean enabled = true;
  private boolean failed;
  private Phase phase = Phase.NONE;
  private long worker;
  private long alarm;
  private String workerRunId = "";
  private @Nullable EgressRun workerRun;
  private State state = State.OFF;
  private Instant since;
  private String reason = "not on air";
  private long forwardingSinceNanos;
  private long retries;
  private long bytesBefore;
  private long bytesNow;

  EgressMachine(
      EgressTarget target,
      EgressEffects effects,
      Ticker ticker,
      InstantSource clock,
      RandomGenerator random) {
    this.target = target;
    this.effects = effects;
    this.patience = new EgressPatience(random);
    this.ticker = ticker;
    this.clock = clock;
    this.since = clock.instant();
  }

  /** The stream is on air: forward it. A new run begins as it is configured. */
  void begin(EgressRun next) {
    if (next.equals(run)) {
      return;
    }
    run = next;
    target = next.target();
    if (!next.runId().equals(lastRunId)) {
      lastRunId = next.runId();
      enabled = true;
      failed = false;
      retries = 0;
      bytesBefore = 0;
      bytesNow = workerRunId.equals(next.runId()) ? bytesNow : 0;
      patience.forget();
    }
    reconcile("the stream is on air");
  }

  /** The stream is off air: stop forwarding. */
  void end(String why) {
    if (run != null || phase == Phase.ALIVE) {
      run = null;
      failed = false;
      reconcile(why);
    }
  }

  /** An operator's word. Switching on anew forgets past failures. */
  void switchTo(boolean on) {
    boolean pending = on && (failed || phase == Phase.WAITING);
    if (run == null || (enabled == on && !pending)) {
      return;
    }
    enabled = on;
    failed = false;
    if (on) {
      patience.forget();
      phase = phase == Phase.WAITING ? Phase.NONE : phase;
    }
    reconcile(on ? "switched on by an operator" : "switched off by an operator");
  }

  /** An earlier process left a forwarder on air; true if it is taken, under {@link #worker()}. */
  boolean adopt(String runId) {
    if (hasWorker()) {
      return false;
    }
    phase = Phase.ALIVE;
    worker++;
    workerRun = null;
    workerRunId = runId;
    bytesNow = 0;
    if (run == null) {
      effects.wake(++alarm, UNCLAIMED);
      moveTo(State.CONNECTING, "found on air; its run has not been claimed yet");
    } else {
      reconcile("found on air");
    }
    return true;
  }

  /** The number of the latest forwarder. */
  long worker() {
    return worker;
  }

  /** Time is up. */
  void alarm(long number) {
    if (number != alarm) {
      return;
    }
    if (phase == Phase.WAITING) {
      phase = Phase.NONE;
      retries++;
      reconcile("trying again");
    } else if (phase == Phase.ALIVE && run == null) {
      stopWorker("no run claims it");
    }
  }

  /** A forwarder says how it goes. */
  void status(long number, WorkerStatus status) {
    boolean ofAnotherRun = run != null && !workerRunId.equals(run.runId());
    if (number != worker || ofAnotherRun || !hasWorker()) {
      return;
    }
    bytesNow = status.outputs().stream().mapToLong(OutputStatus::bytesWritten).sum();
    if (phase == Phase.ENDING || run == null) {
      return;
    }
    boolean connected = status.outputs().stream().anyMatch(OutputStatus::connected);
    boolean inputThere = status.state() == WorkerStatus.State.RUNNING;
    if (inputThere && connected && bytesNow > 0) {
      if (state != State.FORWARDING) {
        forwardingSinceNanos = ticker.nanos();
        patience.forwarded(Duration.ZERO);
        moveTo(State.FORWARDING, "the destination takes the stream");
      }
    } else if (state == State.FORWARDING) {
      noteForwarded();
      moveTo(State.CONNECTING, inputThere ? "the destination was lost" : masked(status.reason()));
    } else if (state == State.CONNECTING && inputThere && !connected && bytesNow == 0) {
      moveTo(State.CONNECTING, "the destination does not take the stream yet; trying again");
    }
  }

  /** A forwarder has ended and nothing of it is left. */
  void exited(long number, WorkerExit exit) {
    if (number != worker || !hasWorker()) {
      return;
    }
    boolean asked = phase == Phase.ENDING || !isWanted();
    phase = Phase.NONE;
    alarm++;
    bytesBefore += bytesNow;
    bytesNow = 0;
    if (asked) {
      reconcile(isWanted() ? "starting anew" : reason);
      return;
    }
    if (state == State.FORWARDING) {
      noteForwarded();
    }
    EgressPatience.Verdict verdict = patience.judge(exit, ticker.nanos());
    Duration pause = verdict.pause();
    if (pause == null) {
      failed = true;
      reconcile(masked(verdict.reason()));
      return;
    }
    phase = Phase.WAITING;
    effects.retried(EgressError.of(exit.code()));
    effects.wake(alarm, pause);
    moveTo(State.CONNECTING, "trying again soon: " + masked(verdict.reason()));
  }

  /** How it is now. */
  EgressView view() {
    return new EgressView(
        target.name(),
        target.shownUrl(),
        enabled,
        state,
        since,
        reason,
        retries,
        bytesBefore + bytesNow);
  }

  /** The run it forwards; empty if there is none. */
  String runId() {
    return run == null ? "" : run.runId();
  }

  /** Whether there is no forwarder, and none is wanted. */
  boolean isAtRest() {
    return run == null && phase == Phase.NONE;
  }

  private boolean hasWorker() {
    return phase == Phase.ALIVE || phase == Phase.ENDING;
  }

  private boolean isWanted() {
    return run != null && enabled && !failed;
  }

  private void reconcile(String why) {
    switch (phase) {
      case NONE, WAITING -> reconcileIdle(why);
      case ALIVE -> reconcileAlive(why);
      case ENDING -> moveTo(stateWithoutWorker(), why);
    }
  }

  private void reconcileIdle(String why) {
    EgressRun wanted = run;
    boolean stillWaits =
        phase == Phase.WAITING && isWanted() && wanted != null && wanted.equals(workerRun);
    if (stillWaits) {
      return;
    }
    phase = Phase.NONE;
    alarm++;
    if (wanted != null && isWanted()) {
      phase = Phase.ALIVE;
      worker++;
      workerRun = wanted;
      workerRunId = wanted.runId();
      effects.start(worker, wanted);
    }
    moveTo(stateWithoutWorker(), why);
  }

  private void reconcileAlive(String why) {
    EgressRun wanted = run;
    boolean fits =
        isWanted()
            && wanted != null
            && (workerRun == null ? wanted.runId().equals(workerRunId) : wanted.equals(workerRun));
    if (!fits) {
      stopWorker(why);
    } else if (workerRun == null) {
      workerRun = wanted;
      alarm++;
      moveTo(State.CONNECTING, why);
    }
  }

  private void stopWorker(String why) {
    if (state == State.FORWARDING) {
      noteForwarded();
    }
    phase = Phase.ENDING;
    alarm++;
    effects.stop(worker, why);
    moveTo(stateWithoutWorker(), why);
  }

  private State stateWithoutWorker() {
    if (run != null && failed) {
      return State.FAILED;
    }
    return isWanted() ? State.CONNECTING : State.OFF;
  }

  private void noteForwarded() {
    patience.forwarded(Duration.ofNanos(ticker.nanos() - forwardingSinceNanos));
  }

  private void moveTo(State next, String why) {
    boolean changes = next != state;
    reason = why;
    if (changes) {
      state = next;
      since = clock.instant();
      effects.changed();
    }
  }

  /** What peers have worded may hold the destination's key. */
  private String masked(String words) {
    return MaskedUrl.inText(MaskedUrl.without(words, target.url()));
  }
}
