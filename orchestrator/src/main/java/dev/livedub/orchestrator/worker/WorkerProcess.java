package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.worker.WorkerMessage.Hello;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other side of {@link ProcessWorkers}: what a worker's process does from its start to its end.
 * Takes the lease of its task, asks the orchestrator for the order, runs the worker. Without an
 * orchestrator it stays on air for a while and then ends.
 *
 * <p><b>Threading:</b> {@link #run} once, by the process's main thread, which must not be
 * interrupted.
 *
 * <p><b>Ownership:</b> the lease, which it keeps until the process is gone.
 */
public final class WorkerProcess {

  /** What the process besides the worker has to know. Called by the main thread. */
  public interface Observer {
    /** The order has come. */
    void onOrder(WorkerOrder order);

    /** There will be no order: the task has its worker, or nobody is there to give one. */
    void onNoOrder(String why);

    /** The worker is made and about to begin. */
    void onWorker(Worker worker);
  }

  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  /** An orchestrator that looks at a lease takes it for a moment. */
  private static final int LEASE_TRIES = 100;

  private static final Duration LEASE_PAUSE = Duration.ofMillis(20);

  private final String protocol = new Wire().protocol();
  private final StateDir state;
  private final WorkerTask task;
  private final WorkerMaker maker;
  private final HostLimits limits;
  private final Observer observer;
  private final Runnable halt;
  private final CompletableFuture<Optional<WorkerOrder>> ordered = new CompletableFuture<>();
  private final MeterBuffer meters = new MeterBuffer();
  private final HostLink link;
  private final WorkerReports reports;
  private volatile @Nullable WorkerOrder order;
  private @Nullable Worker worker;
  private LiveChange earlyChange = LiveChange.NONE;
  private @Nullable String earlyStop;
  private boolean wasLost;

  /**
   * A process that has done nothing yet.
   *
   * @param halt ends the process at once, as a worker does not end that has no orchestrator to end
   *     it
   */
  public WorkerProcess(
      Path stateDir,
      WorkerTask task,
      WorkerMaker maker,
      HostLimits limits,
      Observer observer,
      Runnable halt) {
    this.state = StateDir.join(stateDir);
    this.task = task;
    this.maker = maker;
    this.limits = limits;
    this.observer = observer;
    this.halt = halt;
    this.link = new HostLink(state.socket(), this::hello, new Orders(), limits.reconnect());
    this.reports = new WorkerReports(link, meters, limits.orphan(), this::endAlone);
  }

  /** Runs from the lease to the end; says with which code the process is to end. */
  public ExitCode run() {
    try {
      Optional<Lease> taken = takeLease();
      if (taken.isEmpty()) {
        observer.onNoOrder("another process is the worker of this task");
        return ExitCode.INTERNAL;
      }
      link.start();
      Optional<WorkerOrder> come = awaitOrder();
      if (come.isEmpty()) {
        observer.onNoOrder("no orchestrator has anything to do for this process");
        return ExitCode.CLEAN;
      }
      return work(come.get(), taken.get());
    } catch (IOException e) {
      observer.onNoOrder("the lease of this task cannot be used: " + e.getMessage());
      return ExitCode.INTERNAL;
    } finally {
      link.close();
    }
  }

  private ExitCode work(WorkerOrder come, Lease taken) throws IOException {
    taken.write(Optional.of(come.runId()));
    order = come;
    observer.onOrder(come);
    WorkerExit exit;
    try {
      Worker made = maker.create(come.config(), meters, reports::say);
      made.change(come.change());
      present(made);
      observer.onWorker(made);
      reports.start(made);
      exit = made.run();
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("event", "internal_error").setCause(e).log("a fault of livedub");
      exit = new WorkerExit(ExitCode.INTERNAL, "internal error: " + e.getClass().getSimpleName());
    }
    reports.finish(exit);
    return exit.code();
  }

  private Optional<Lease> takeLease() throws IOException {
    Optional<Lease> taken = state.leases().tryAcquire(task);
    for (int i = 1; taken.isEmpty() && i < LEASE_TRIES; i++) {
      LockSupport.parkNanos(LEASE_PAUSE.toNanos());
      taken = state.leases().tryAcquire(task);
    }
    return taken;
  }

  private Optional<WorkerOrder> awaitOrder() {
    try {
      return ordered.get(limits.orphan().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  private Hello hello() {
    return new Hello(
        protocol,
        task.leaseName(),
        ProcessHandle.current().pid(),
        Optional.ofNullable(order).map(WorkerOrder::runId));
  }

  /** From here on the worker is told itself what its orchestrator says. */
  private synchronized void present(Worker made) {
    worker = made;
    made.change(earlyChange);
    if (earlyStop != null) {
      made.stop(earlyStop);
    }
  }

  private synchronized void onChange(LiveChange change) {
    if (worker != null) {
      worker.change(change);
    } else {
      earlyChange = earlyChange.then(change);
    }
  }

  private synchronized void onStop(String reason) {
    ordered.complete(Optional.empty());
    if (worker != null) {
      worker.stop(reason);
    } else {
      earlyStop = reason;
    }
  }

  /** Nobody is there any more to end a worker that does not end. */
  private void endAlone() {
    Thread watchdog =
        new Thread(
            () -> {
              LockSupport.parkNanos(limits.stop().toNanos());
              halt.run();
            },
            "worker-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    onStop("no orchestrator");
  }

  /** What the orchestrator says; on the link's thread. */
  private final class Orders implements HostLink.Listener {

    @Override
    public void onMessage(HostMessage message) {
      if (message instanceof HostMessage.Run run) {
        ordered.complete(Optional.of(run.order()));
      } else if (message instanceof HostMessage.Stop stop) {
        onStop(stop.reason());
      } else if (message instanceof HostMessage.Change change) {
        onChange(change.change());
      } else if (message instanceof HostMessage.Welcome && wasLost) {
        wasLost = false;
        HostEvent.ORCHESTRATOR_FOUND.on(LOG).log("in touch again");
      }
    }

    @Override
    public void onLost() {
      // Nobody will come back for a process that has nothing to do.
      ordered.complete(Optional.empty());
      if (order != null && !wasLost) {
        wasLost = true;
        HostEvent.ORCHESTRATOR_LOST
            .on(LOG)
            .addKeyValue("limitSeconds", limits.orphan().toSeconds())
            .log("on air without an orchestrator");
      }
    }
  }
}
