package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.HostedWorkerListener;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.worker.WorkerMessage.Exit;
import dev.livedub.orchestrator.worker.WorkerMessage.Hello;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters;
import dev.livedub.orchestrator.worker.WorkerMessage.Said;
import dev.livedub.orchestrator.worker.WorkerMessage.Status;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker in a process of its own, from the order to the exit, as its host sees it.
 *
 * <p><b>Threading:</b> the host's loop; the port's methods any thread.
 */
final class HostedProcess implements HostedWorker {

  /** Where it stands; goes forward only. */
  private enum Phase {
    /** An older worker of the task has to end first. */
    WAITING,
    /** Its process has not said anything yet. */
    STARTING,
    /** It has its order. */
    AT_WORK,
    /** Its process is gone; what it said last may still be on its way. */
    GONE,
    ENDED
  }

  private static final Logger LOG = LoggerFactory.getLogger(HostedProcess.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final ProcessWorkers host;
  private final WorkerTask task;
  private final String runId;
  private final HostedWorkerListener listener;
  private final RemoteMeters meters;
  private final HostLimits limits;
  private @Nullable WorkerOrder order;
  private Phase phase = Phase.WAITING;
  private long phaseNanos = System.nanoTime();
  private volatile long processId;
  private @Nullable ProcessHandle process;
  private @Nullable ProcessIdentity adopted;
  private @Nullable LineChannel connection;
  private LiveChange unsent = LiveChange.NONE;
  private Duration silenceLimit;
  private int silentTicks;
  private @Nullable String stopReason;
  private long stopNanos;
  private boolean forced;
  private @Nullable String killedWhy;
  private @Nullable WorkerExit said;
  private WorkerExit exit = new WorkerExit(ExitCode.INTERNAL, "worker process died");

  /** A worker that is to be started. */
  HostedProcess(ProcessWorkers host, WorkerOrder order, HostedWorkerListener listener) {
    this(host, order.task(), order.runId(), listener);
    this.order = order;
  }

  /** A worker that may be on air already. */
  HostedProcess(ProcessWorkers host, WorkerTask task, String runId, HostedWorkerListener listener) {
    this.host = host;
    this.task = task;
    this.runId = runId;
    this.listener = listener;
    this.meters = new RemoteMeters(listener.meters());
    this.limits = host.limits();
    this.silenceLimit = limits.silence();
  }

  @Override
  public void stop(String reason) {
    host.post(() -> onStop(reason));
  }

  @Override
  public void change(LiveChange change) {
    host.post(() -> onChange(change));
  }

  @Override
  public OptionalLong processId() {
    long known = processId;
    return known == 0 ? OptionalLong.empty() : OptionalLong.of(known);
  }

  WorkerTask task() {
    return task;
  }

  /** Whether an older worker of its task has to end before it begins. */
  boolean isWaiting() {
    return phase == Phase.WAITING;
  }

  /** Whether a process that introduces itself is its. */
  boolean isOf(Hello hello) {
    return processId == hello.processId()
        && phase.compareTo(Phase.GONE) < 0
        && task.leaseName().equals(hello.lease());
  }

  /**
   * Whether a process that introduces itself may turn out to be its: one is being started, and the
   * system has not said yet which. One that an earlier orchestrator had just started may come, too.
   */
  boolean mayBeOf(Hello hello) {
    return processId == 0 && phase == Phase.STARTING && task.leaseName().equals(hello.lease());
  }

  /** Takes over a worker that was found. */
  void adopt(ProcessIdentity found, @Nullable LineChannel open, @Nullable Hello hello) {
    enter(Phase.AT_WORK);
    processId = found.processId();
    adopted = found;
    silenceLimit = limits.adopt();
    Optional<ProcessHandle> alive = found.handle();
    if (alive.isEmpty()) {
      onGone(OptionalInt.empty());
      return;
    }
    process = alive.get();
    CompletableFuture<Void> unused =
        process.onExit().thenAccept(gone -> host.post(() -> onGone(OptionalInt.empty())));
    if (open != null && hello != null) {
      onHello(open, hello);
    }
  }

  /** Looks whether it can go on, and what is late. */
  void tick() {
    long nanos = System.nanoTime() - phaseNanos;
    switch (phase) {
      case WAITING -> startIfFree(nanos);
      case STARTING -> {
        if (nanos > limits.start().toNanos()) {
          kill("not a word within " + limits.start().toSeconds() + " s of its start");
        }
        endIfStopped();
      }
      case AT_WORK -> {
        lookAfterAdopted();
        silentTicks++;
        // Counted, not timed: a machine that slept must not take all workers down.
        if (silentTicks > silenceLimit.toMillis() / HostLoop.TICK.toMillis()) {
          kill("not a word for " + silenceLimit.toSeconds() + " s");
        }
        endIfStopped();
      }
      case GONE -> endIfSilent(nanos);
      case ENDED -> {}
    }
  }

  /** Its process introduces itself. */
  void onHello(LineChannel from, Hello hello) {
    if (connection != null) {
      connection.close("its worker came again");
    }
    connection = from;
    silentTicks = 0;
    ProcessHandle known = Objects.requireNonNull(process);
    if (!hello.protocol().equals(host.protocol())) {
      // It would not understand a word; the system's it does.
      onStop("it speaks the protocol " + hello.protocol() + ", not " + host.protocol());
      forced = true;
      known.destroy();
    } else {
      welcome(from, hello);
    }
  }

  /** Its process says something. */
  void onMessage(WorkerMessage message) {
    silentTicks = 0;
    if (phase != Phase.AT_WORK && phase != Phase.GONE) {
      return;
    }
    if (message instanceof Status status) {
      tell(() -> listener.onStatus(status.status()));
    } else if (message instanceof Meters measured) {
      tell(() -> meters.apply(measured));
    } else if (message instanceof Said caption) {
      tell(() -> listener.onCaption(caption.caption()));
    } else if (message instanceof Exit end) {
      said = new WorkerExit(end.code(), end.message());
      onStop("it has ended");
    }
  }

  /** A connection of its is gone. */
  void onDisconnected(LineChannel gone, String why) {
    if (gone != connection) {
      return;
    }
    connection = null;
    if (phase == Phase.GONE) {
      endIfSilent(0);
    } else if (phase == Phase.AT_WORK && said == null) {
      HostEvent.WORKER_DISCONNECTED.on(LOG, task).addKeyValue("runId", runId).log(why);
    }
  }

  /** Ends it by force, if it has a process. */
  void kill(String why) {
    if (killedWhy != null || phase == Phase.WAITING || phase.compareTo(Phase.GONE) >= 0) {
      return;
    }
    HostEvent.WORKER_KILLED
        .on(LOG, task)
        .addKeyValue("runId", runId)
        .addKeyValue("pid", processId)
        .log(why);
    ProcessHandle handle = process;
    if (handle == null) {
      // Still being started: it is ended as soon as it is there.
      onStop(why);
      return;
    }
    killedWhy = why;
    handle.destroyForcibly();
  }

  /** A process of which this one is not the parent may stay a zombie, whose end nobody tells. */
  private void lookAfterAdopted() {
    if (adopted != null && connection == null && !adopted.isAlive()) {
      onGone(OptionalInt.empty());
    }
  }

  private void startIfFree(long waitedNanos) {
    Optional<HostedProcess> older = host.olderThan(this);
    if (older.isEmpty() && !host.leases().isHeld(task)) {
      enter(Phase.STARTING);
      host.spawner().start(task, new Spawning());
      return;
    }
    if (waitedNanos > 2 * limits.takeOver().toNanos()) {
      end(new WorkerExit(ExitCode.INTERNAL, "an older worker of this task cannot be ended"));
    } else if (waitedNanos > limits.takeOver().toNanos() && !forced) {
      forced = true;
      older.ifPresentOrElse(
          holder -> holder.kill(ProcessWorkers.REPLACED),
          () -> killHolder(ProcessWorkers.REPLACED));
    }
  }

  private void killHolder(String why) {
    HostEvent.WORKER_KILLED
        .on(LOG, task)
        .addKeyValue("killed", host.leases().killHolder(task))
        .log(why);
  }

  private final class Spawning implements WorkerSpawner.Listener {
    @Override
    public void onStarted(Process started) {
      host.post(() -> onSpawned(started));
    }

    @Override
    public void onFailed(String why) {
      WorkerExit failed =
          new WorkerExit(ExitCode.INTERNAL, "a worker process cannot be started: " + why);
      host.post(() -> end(failed));
    }
  }

  private void onSpawned(Process started) {
    process = started.toHandle();
    processId = started.pid();
    CompletableFuture<Void> unused =
        started
            .onExit()
            .thenAccept(gone -> host.post(() -> onGone(OptionalInt.of(gone.exitValue()))));
    HostEvent.WORKER_SPAWNED
        .on(LOG, task)
        .addKeyValue("runId", runId)
        .addKeyValue("pid", processId)
        .log("a process for this worker was started");
    if (stopReason != null) {
      started.destroy();
    }
    host.settleUnclear();
  }

  private void welcome(LineChannel to, Hello hello) {
    WorkerOrder waiting = order;
    if (hello.runId().isEmpty() && waiting != null) {
      order = null;
      enter(Phase.AT_WORK);
      to.send(
          new HostMessage.Run(
              new WorkerOrder(task, runId, waiting.config(), waiting.change().then(takeUnsent()))));
    } else if (hello.runId().equals(Optional.of(runId))) {
      silenceLimit = limits.silence();
      to.send(new HostMessage.Welcome());
      LiveChange change = takeUnsent();
      if (!change.isEmpty()) {
        to.send(new HostMessage.Change(change));
      }
    } else {
      kill("it is of another run");
      return;
    }
    HostEvent.WORKER_CONNECTED
        .on(LOG, task)
        .addKeyValue("runId", runId)
        .addKeyValue("pid", processId)
        .log("in touch");
    if (stopReason != null) {
      to.send(new HostMessage.Stop(stopReason));
    }
  }

  private LiveChange takeUnsent() {
    LiveChange taken = unsent;
    unsent = LiveChange.NONE;
    return taken;
  }

  private void onChange(LiveChange change) {
    if (connection != null && phase == Phase.AT_WORK) {
      connection.send(new HostMessage.Change(change));
    } else {
      unsent = unsent.then(change);
    }
  }

  private void onStop(String reason) {
    if (stopReason != null || phase.compareTo(Phase.GONE) >= 0) {
      return;
    }
    stopReason = reason;
    stopNanos = System.nanoTime();
    if (phase == Phase.WAITING) {
      end(new WorkerExit(ExitCode.CLEAN, "stopped before it began: " + reason));
    } else if (phase == Phase.STARTING && process != null) {
      process.destroy();
    } else if (connection != null && said == null) {
      connection.send(new HostMessage.Stop(reason));
    }
  }

  private void endIfStopped() {
    ProcessHandle handle = process;
    if (stopReason == null || handle == null) {
      return;
    }
    long nanos = System.nanoTime() - stopNanos - limits.stop().toNanos();
    if (nanos > limits.terminate().toNanos()) {
      kill("it did not end within " + limits.stop().toSeconds() + " s");
    } else if (nanos > 0 && !forced) {
      forced = true;
      handle.destroy();
    }
  }

  private void onGone(OptionalInt status) {
    if (phase.compareTo(Phase.GONE) >= 0) {
      return;
    }
    exit = exitOf(status, phase == Phase.STARTING);
    enter(Phase.GONE);
    endIfSilent(0);
  }

  private WorkerExit exitOf(OptionalInt status, boolean neverBegan) {
    if (killedWhy != null) {
      return new WorkerExit(ExitCode.INTERNAL, "worker process was killed: " + killedWhy);
    }
    if (neverBegan && stopReason != null) {
      return new WorkerExit(ExitCode.CLEAN, "stopped before it began: " + stopReason);
    }
    return ProcessEnd.of(status);
  }

  /** Ends it once all it said has been heard and its task is free, or cannot be freed. */
  private void endIfSilent(long goneNanos) {
    boolean waited = goneNanos > LAST_WORDS.toNanos();
    if (phase != Phase.GONE || (connection != null && !waited)) {
      return;
    }
    boolean held = host.leases().isHeld(task);
    if (held && waited && !forced) {
      // A process that nobody here knows was quicker than its own.
      forced = true;
      killHolder("its task is not this process's");
    }
    if (!held || goneNanos > limits.takeOver().toNanos()) {
      end(said == null ? exit : said);
    }
  }

  private void end(WorkerExit how) {
    if (phase == Phase.ENDED) {
      return;
    }
    enter(Phase.ENDED);
    if (connection != null) {
      connection.close("its worker has ended");
    }
    meters.end();
    HostEvent.WORKER_ENDED
        .on(LOG, task)
        .addKeyValue("runId", runId)
        .addKeyValue("exitCode", how.code().code())
        .log(how.message());
    host.forget(this);
    tell(() -> listener.onExit(how));
  }

  private void enter(Phase next) {
    phase = next;
    phaseNanos = System.nanoTime();
    silentTicks = 0;
    forced = false;
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      HostEvent.LISTENER_FAILED.on(LOG, task).setCause(e).log("a listener of this worker failed");
    }
  }
}
