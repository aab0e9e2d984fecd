package dev.livedub.bench.http;

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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A host whose workers are on air as soon as they are started, and do nothing. */
final class QuickHost implements WorkerHost {

  private static final LiveSettings LIVE = new LiveSettings(Optional.of("es"), false, false, -18);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "quick-host");
            made.setDaemon(true);
            return made;
          });

  @Override
  public HostedWorker start(WorkerOrder order, HostedWorkerListener listener) {
    thread.execute(() -> listener.onStatus(onAir()));
    return new HostedWorker() {
      @Override
      public void stop(String reason) {
        thread.execute(() -> listener.onExit(new WorkerExit(ExitCode.CLEAN, reason)));
      }

      @Override
      public void change(LiveChange change) {}

      @Override
      public OptionalLong processId() {
        return OptionalLong.empty();
      }
    };
  }

  @Override
  public List<FoundWorker> recover() {
    return List.of();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static WorkerStatus onAir() {
    return new WorkerStatus(
        WorkerStatus.State.RUNNING,
        "on air",
        1_000_000,
        2e6,
        2e6,
        6_000,
        6_000,
        6_000,
        OptionalDouble.of(0),
        SlotCounts.ZERO,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        LIVE,
        List.of());
  }
}
