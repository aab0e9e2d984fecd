package dev.livedub.orchestrator.worker;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.HostedWorkerListener;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerTask;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A worker on a thread of this process, from the order to the exit.
 *
 * <p><b>Threading:</b> the host's loop; the port's methods any thread; the worker runs on a thread
 * {@code dub-<stream>-worker}, whose log lines say the stream and the run.
 *
 * <p><b>Ownership:</b> the lease of its task, until the thread has ended.
 */
final class HostedThread implements HostedWorker {

  private static final Logger LOG = LoggerFactory.getLogger(HostedThread.class);
  private static final Duration STATUS_INTERVAL = Duration.ofSeconds(1);

  private final ThreadWorkers host;
  private final WorkerOrder order;
  private final WorkerTask task;
  private final HostedWorkerListener listener;
  private final long orderedNanos = System.nanoTime();
  private @Nullable Lease lease;
  private @Nullable Worker worker;
  private @Nullable Thread thread;
  private LiveChange early = LiveChange.NONE;
  private WorkerStatus.@Nullable State told;
  private long toldNanos;
  private @Nullable String stopReason;
  private long stopNanos;
  private boolean isLate;
  private boolean hasEnded;

  HostedThread(ThreadWorkers host, WorkerOrder order, HostedWorkerListener listener) {
    this.host = host;
    this.order = order;
    this.task = order.task();
    this.listener = listener;
  }

  @Override
  public void stop(String reason) {
    host.post(() -> onStop(reason));
  }

  @Override
  public void change(LiveChange next) {
    host.post(
        () -> {
          if (worker != null) {
            worker.change(next);
          } else {
            early = early.then(next);
          }
        });
  }

  /** It is none. */
  @Override
  public OptionalLong processId() {
    return OptionalLong.empty();
  }

  /** Begins as soon as it can, tells how it goes, looks what is late. */
  void tick() {
    if (hasEnded) {
      return;
    }
    if (thread == null) {
      beginIfFree();
      return;
    }
    if (worker != null) {
      tellStatusIfDue(worker);
    }
    warnIfLate();
  }

  private void beginIfFree() {
    try {
      Optional<Lease> taken = host.leases().tryAcquire(task);
      if (taken.isPresent()) {
        lease = taken.get();
        taken.get().write(Optional.of(order.runId()));
        begin();
      } else {
        wait(Duration.ofNanos(System.nanoTime() - orderedNanos));
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.atError().addKeyValue("event", "internal_error").setCause(e).log("a fault of livedub");
      end(new WorkerExit(ExitCode.INTERNAL, "a worker cannot be started: " + e.getMessage()));
    }
  }

  private void begin() {
    String role = task.egress().map(name -> "-egress-" + name).orElse("-worker");
    Thread runs = new Thread(this::run, "dub-" + task.streamId() + role);
    runs.setDaemon(true);
    thread = runs;
    runs.start();
  }

  /** Makes the worker here, as it loads native code at the first time, and runs it. */
  private void run() {
    MDC.put("streamId", task.streamId());
    MDC.put("runId", order.runId());
    WorkerExit exit;
    try {
      Worker made = host.maker().create(order.config(), listener.meters(), this::onCaption);
      made.change(order.change());
      host.post(() -> present(made));
      exit = made.run();
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("event", "internal_error").setCause(e).log("a fault of livedub");
      exit = new WorkerExit(ExitCode.INTERNAL, "internal error: " + e.getClass().getSimpleName());
    }
    WorkerExit how = exit;
    host.post(() -> onEnded(how));
  }

  private void onCaption(Caption caption) {
    host.post(() -> tell(() -> listener.onCaption(caption)));
  }

  /** From here on the worker is told itself what its orchestrator says. */
  private void present(Worker made) {
    worker = made;
    made.change(early);
    if (stopReason != null) {
      made.stop(stopReason);
    }
  }

  private void onEnded(WorkerExit how) {
    if (worker != null) {
      tellStatus(worker);
    }
    end(how);
  }

  private void wait(Duration waited) {
    Duration limit = host.limits().takeOver();
    if (waited.compareTo(limit.multipliedBy(2)) > 0) {
      end(new WorkerExit(ExitCode.INTERNAL, "an older worker of this task cannot be ended"));
    } else if (waited.compareTo(limit) > 0 && !isLate) {
      isLate = true;
      HostEvent.WORKER_KILLED
          .on(LOG, task)
          .addKeyValue("killed", host.leases().killHolder(task))
          .log("a newer order waits for its task");
    }
  }

  private void tellStatusIfDue(Worker running) {
    boolean due = System.nanoTime() - toldNanos >= STATUS_INTERVAL.toNanos();
    if (due || running.status().state() != told) {
      tellStatus(running);
    }
  }

  private void tellStatus(Worker running) {
    WorkerStatus status = running.status();
    told = status.state();
    toldNanos = System.nanoTime();
    tell(() -> listener.onStatus(status));
  }

  private void onStop(String reason) {
    if (stopReason != null || hasEnded) {
      return;
    }
    stopReason = reason;
    stopNanos = System.nanoTime();
    isLate = false;
    if (thread == null) {
      end(new WorkerExit(ExitCode.CLEAN, "stopped before it began: " + reason));
    } else if (worker != null) {
      worker.stop(reason);
    }
  }

  private void warnIfLate() {
    Duration limit = host.limits().stop();
    if (stopReason == null || isLate || System.nanoTime() - stopNanos < limit.toNanos()) {
      return;
    }
    isLate = true;
    HostEvent.WORKER_HANGS
        .on(LOG, task)
        .addKeyValue("runId", order.runId())
        .log("it did not end within " + limit.toSeconds() + " s; its thread is interrupted");
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void end(WorkerExit how) {
    if (hasEnded) {
      return;
    }
    hasEnded = true;
    if (lease != null) {
      lease.close();
    }
    HostEvent.WORKER_ENDED
        .on(LOG, task)
        .addKeyValue("runId", order.runId())
        .addKeyValue("exitCode", how.code().code())
        .log(how.message());
    host.forget(this);
    tell(() -> listener.onExit(how));
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      HostEvent.LISTENER_FAILED.on(LOG, task).setCause(e).log("a listener of this worker failed");
    }
  }
}
