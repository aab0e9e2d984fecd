package dev.livedub.orchestrator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.worker.HostedWorkerListener;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/** Writes down what is told of a worker, and whether it was told as the port promises. */
final class RecordingListener implements HostedWorkerListener, MeterSink {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final List<WorkerStatus> statuses = new CopyOnWriteArrayList<>();
  final List<Caption> captions = new CopyOnWriteArrayList<>();
  final List<WorkerExit> exits = new CopyOnWriteArrayList<>();
  final Map<String, Double> counters = new ConcurrentHashMap<>();
  final Map<Meter, List<Double>> histograms = new ConcurrentHashMap<>();
  final Map<Meter, DoubleSupplier> gauges = new ConcurrentHashMap<>();
  private final List<String> broken = new CopyOnWriteArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();

  @Override
  public void onStatus(WorkerStatus status) {
    told(() -> statuses.add(status));
  }

  @Override
  public void onCaption(Caption caption) {
    told(() -> captions.add(caption));
  }

  @Override
  public void onExit(WorkerExit exit) {
    told(() -> exits.add(exit));
  }

  @Override
  public MeterSink meters() {
    return this;
  }

  @Override
  public void add(Meter meter, String labelValue, double amount) {
    counters.merge(meter + labelValue, amount, Double::sum);
  }

  @Override
  public void record(Meter meter, double value) {
    histograms.computeIfAbsent(meter, key -> new CopyOnWriteArrayList<>()).add(value);
  }

  @Override
  public void gauge(Meter meter, DoubleSupplier value) {
    gauges.put(meter, value);
  }

  double gauge(Meter meter) {
    return Objects.requireNonNull(gauges.get(meter)).getAsDouble();
  }

  void awaitRunning() {
    awaitStatus(status -> status.state() == WorkerStatus.State.RUNNING);
  }

  void awaitStatus(Predicate<WorkerStatus> wanted) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(exits).isEmpty();
              assertThat(statuses).anyMatch(wanted);
            });
  }

  WorkerExit awaitExit() {
    await().atMost(PATIENCE).until(() -> !exits.isEmpty());
    return exits.get(0);
  }

  /** Asserts that the port's promises were kept so far. */
  void assertKept() {
    assertThat(broken).isEmpty();
    assertThat(exits).hasSizeLessThan(2);
  }

  private void told(Runnable note) {
    if (inside.incrementAndGet() != 1) {
      broken.add("two calls at a time");
    }
    if (!exits.isEmpty()) {
      broken.add("a call after the exit");
    }
    note.run();
    inside.decrementAndGet();
  }
}
