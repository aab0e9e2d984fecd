package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.FoundWorker;
import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.HostedWorkerListener;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.core.worker.WorkerOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs each worker on a thread of this process: takes least memory, and all end when it ends.
 *
 * <p>A thread cannot be ended by force: one that does not end when it is told to keeps its task
 * taken, is logged, and never reported as ended.
 *
 * <p><b>Threading:</b> as the port says; everything but the workers themselves happens on the
 * thread {@code worker-host}.
 *
 * <p><b>Ownership:</b> its workers; not the state directory.
 */
public final class ThreadWorkers implements WorkerHost {

  private final StateDir state;
  private final WorkerMaker maker;
  private final HostLimits limits;
  private final HostLoop loop = new HostLoop("worker-host", this::tick);
  private final List<HostedThread> hosted = new ArrayList<>();
  private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
  private boolean closing;

  /** A host that has started no worker. */
  public ThreadWorkers(StateDir state, WorkerMaker maker, HostLimits limits) {
    this.state = state;
    this.maker = maker;
    this.limits = limits;
    loop.start();
  }

  @Override
  public HostedWorker start(WorkerOrder order, HostedWorkerListener listener) {
    HostedThread worker = new HostedThread(this, order, listener);
    if (drained.isDone()) {
      refuse(listener);
    } else {
      loop.execute(() -> begin(worker, listener));
    }
    return worker;
  }

  /** Finds nothing: what ran in an earlier process has ended with it. */
  @Override
  public List<FoundWorker> recover() {
    return List.of();
  }

  @Override
  public void close() {
    if (loop.isCurrent()) {
      throw new IllegalStateException("a listener cannot close its host");
    }
    loop.execute(this::endAll);
    try {
      Duration patience = limits.stop().plus(limits.terminate());
      drained.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What hangs has been logged, and ends with the process.
    }
    drained.complete(false);
    loop.close();
  }

  void post(Runnable task) {
    loop.execute(task);
  }

  HostLimits limits() {
    return limits;
  }

  Leases leases() {
    return state.leases();
  }

  WorkerMaker maker() {
    return maker;
  }

  /** A worker has ended. */
  void forget(HostedThread ended) {
    hosted.remove(ended);
    if (closing && hosted.isEmpty()) {
      drained.complete(true);
    }
  }

  private void begin(HostedThread worker, HostedWorkerListener listener) {
    if (closing) {
      refuse(listener);
      return;
    }
    hosted.add(worker);
    worker.tick();
  }

  private static void refuse(HostedWorkerListener listener) {
    WorkerExit refused = new WorkerExit(ExitCode.INTERNAL, "the host of the workers is closed");
    new Thread(() -> listener.onExit(refused), "worker-host-closed").start();
  }

  private void tick() {
    List.copyOf(hosted).forEach(HostedThread::tick);
  }

  private void endAll() {
    closing = true;
    List.copyOf(hosted).forEach(worker -> worker.stop("the orchestrator ends"));
    if (hosted.isEmpty()) {
      drained.complete(true);
    }
  }
}
