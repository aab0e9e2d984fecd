package dev.livedub.orchestrator.egress;

import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.FoundWorker;
import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.HostedWorkerListener;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.LiveSettings;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Workers that do what the test says; a second one for a task that has one is a failure. */
final class FakeHost implements WorkerHost {

  final List<FakeWorker> started = new ArrayList<>();
  @Nullable RuntimeException failure;

  @Override
  public HostedWorker start(WorkerOrder order, HostedWorkerListener listener) {
    if (failure != null) {
      throw failure;
    }
    return add(new FakeWorker(order.task(), order.runId(), order, listener));
  }

  /** A worker that an earlier process left on air. */
  FoundWorker left(WorkerTask task, String runId) {
    return new FoundWorker() {
      @Override
      public WorkerTask task() {
        return task;
      }

      @Override
      public String runId() {
        return runId;
      }

      @Override
      public HostedWorker adopt(HostedWorkerListener listener) {
        return add(new FakeWorker(task, runId, null, listener));
      }
    };
  }

  /** Those of a task that have not ended. */
  List<FakeWorker> alive(String streamId, String name) {
    WorkerTask task = WorkerTask.egress(streamId, name);
    return started.stream().filter(each -> each.task.equals(task) && !each.ended).toList();
  }

  /** The one of a task that has not ended. */
  FakeWorker only(String streamId, String name) {
    List<FakeWorker> alive = alive(streamId, name);
    if (alive.size() != 1) {
      throw new AssertionError(alive.size() + " workers for " + streamId + " " + name);
    }
    return alive.get(0);
  }

  private FakeWorker add(FakeWorker worker) {
    if (started.stream().anyMatch(each -> each.task.equals(worker.task) && !each.ended)) {
      throw new AssertionError("two workers for " + worker.task);
    }
    started.add(worker);
    return worker;
  }

  @Override
  public List<FoundWorker> recover() {
    return List.of();
  }

  @Override
  public void close() {}

  /** One of them. */
  static final class FakeWorker implements HostedWorker {
    final WorkerTask task;
    final String runId;
    final @Nullable WorkerOrder order;
    final HostedWorkerListener listener;
    boolean stopping;
    boolean ended;

    FakeWorker(
        WorkerTask task, String runId, @Nullable WorkerOrder order, HostedWorkerListener listener) {
      this.task = task;
      this.runId = runId;
      this.order = order;
      this.listener = listener;
    }

    void forwards(long bytes) {
      says(WorkerStatus.State.RUNNING, true, bytes);
    }

    void says(WorkerStatus.State state, boolean connected, long bytes) {
      WorkerStatus.OutputStatus output =
          new WorkerStatus.OutputStatus("rtmp://x/***", connected, bytes, 0, 0);
      listener.onStatus(
          new WorkerStatus(
              state,
              "as told",
              0,
              0,
              0,
              0,
              0,
              0,
              OptionalDouble.empty(),
              SlotCounts.ZERO,
              Optional.empty(),
              Optional.empty(),
              0,
              0,
              new LiveSettings(Optional.empty(), false, true, 0),
              List.of(output)));
    }

    void exits(ExitCode code) {
      exits(code, "as told");
    }

    void exits(ExitCode code, String message) {
      if (!ended) {
        ended = true;
        listener.onExit(new WorkerExit(code, message));
      }
    }

    @Override
    public void stop(String reason) {
      stopping = true;
    }

    @Override
    public void change(LiveChange change) {}

    @Override
    public OptionalLong processId() {
      return OptionalLong.empty();
    }
  }
}
