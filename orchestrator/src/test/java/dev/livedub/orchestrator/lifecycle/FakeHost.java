package dev.livedub.orchestrator.lifecycle;

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
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A host whose workers do what the test says. */
final class FakeHost implements WorkerHost {

  /** One worker, in the hands of the test. */
  static final class FakeWorker implements HostedWorker {
    final WorkerOrder order;
    final List<LiveChange> changes = new CopyOnWriteArrayList<>();
    final List<String> stops = new CopyOnWriteArrayList<>();
    private final HostedWorkerListener listener;
    private LiveSettings live;

    FakeWorker(WorkerOrder order, HostedWorkerListener listener) {
      this.order = order;
      this.listener = listener;
      this.live =
          new LiveSettings(order.config().targetLang(), false, false, order.config().duckDb())
              .after(order.change());
    }

    HostedWorkerListener listener() {
      return listener;
    }

    void goOnAir() {
      listener.onStatus(status(live, 1_000_000));
    }

    void exit(ExitCode code, String message) {
      listener.onExit(new WorkerExit(code, message));
    }

    @Override
    public void stop(String reason) {
      stops.add(reason);
      exit(ExitCode.CLEAN, reason);
    }

    @Override
    public void change(LiveChange change) {
      changes.add(change);
      live = live.after(change);
    }

    @Override
    public OptionalLong processId() {
      return OptionalLong.of(4711);
    }
  }

  final List<FakeWorker> workers = new CopyOnWriteArrayList<>();

  /** Thrown instead of starting anything. */
  volatile @Nullable RuntimeException failure;

  /** The worker started last. */
  FakeWorker last() {
    return workers.get(workers.size() - 1);
  }

  @Override
  public HostedWorker start(WorkerOrder order, HostedWorkerListener listener) {
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    FakeWorker worker = new FakeWorker(order, listener);
    workers.add(worker);
    return worker;
  }

  @Override
  public List<FoundWorker> recover() {
    return List.of();
  }

  @Override
  public void close() {}

  static WorkerStatus status(LiveSettings live, long onAirMicros) {
    return new WorkerStatus(
        WorkerStatus.State.RUNNING,
        "on air",
        onAirMicros,
        2e6,
        2e6,
        6_000,
        6_000,
        6_000,
        OptionalDouble.of(0.4),
        SlotCounts.ZERO,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        live,
        List.of());
  }
}
