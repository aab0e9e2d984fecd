package dev.livedub.cli.demo;

import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerStatus.OutputStatus;
import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.fault.SimFault;
import dev.livedub.testkit.net.Hangup;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Breaks one thing after the other, waits until it is mended, and remembers when what happened.
 *
 * <p><b>Threading:</b> the main thread.
 */
final class FaultScript {

  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final Duration AWAY = Duration.ofSeconds(3);
  private static final Duration REFUSED = Duration.ofSeconds(2);
  private static final Duration STALL = Duration.ofSeconds(50);

  /** What is heard settles within this after what was broken is back. */
  private static final Duration SETTLING = Duration.ofSeconds(4);

  private final Studio studio;
  private final Watch watch;
  private final long delayMicros;

  FaultScript(Studio studio, Watch watch, Duration delay) {
    this.studio = studio;
    this.watch = watch;
    delayMicros = delay.toNanos() / 1_000;
  }

  /** Lets a fault happen and pass. */
  FaultRun play(DemoFault fault) throws DemoException, InterruptedException {
    watch.announce(fault.title());
    long fromMicros = studio.programme().positionMicros() - delayMicros - 1_000_000;
    Marks marks = new Marks(System.nanoTime());
    switch (fault) {
      case SESSION_CUT -> breakTranslation(marks, SimFault.of(FaultKind.RESET));
      case TRANSLATION_STALLS -> breakTranslation(marks, new SimFault.Stall(STALL, false));
      case PUBLISHER_GONE -> takePublisherAway(marks);
      case DESTINATION_GONE -> takeDestinationAway(marks);
      case WORKER_KILLED -> killWorker(marks);
    }
    watch.pass(SETTLING);
    return new FaultRun(
        fault,
        marks.atNanos,
        marks.noticedSeconds,
        marks.returnNanos,
        marks.overNanos,
        marks.proof,
        fromMicros,
        studio.programme().positionMicros());
  }

  /** When what happened. */
  private static final class Marks {
    private final long atNanos;
    private double noticedSeconds = Double.NaN;
    private long returnNanos;
    private long overNanos;
    private String proof = "";

    Marks(long atNanos) {
      this.atNanos = atNanos;
      returnNanos = atNanos;
      overNanos = atNanos;
    }

    void noticed() {
      noticedSeconds = (System.nanoTime() - atNanos) / 1e9;
    }

    void returned() {
      returnNanos = System.nanoTime();
    }

    void over() {
      overNanos = System.nanoTime();
    }
  }

  private void breakTranslation(Marks marks, SimFault fault) throws InterruptedException {
    long sessions = studio.interpreter().record().connections();
    studio.interpreter().order(FaultPlan.live(fault));
    boolean renewed =
        watch.await(LIMIT, () -> studio.interpreter().record().connections() > sessions);
    marks.returned();
    long dubbed = dubbedSlots();
    boolean dubs = watch.await(LIMIT, () -> dubbedSlots() > dubbed);
    long hits = studio.interpreter().faults().hits(fault.kind());
    if (renewed && dubs && hits > 0) {
      marks.over();
      marks.proof = fault.kind().label() + " at the simulator, another session";
    }
  }

  private void takePublisherAway(Marks marks) throws DemoException, InterruptedException {
    long wasPublications = studio.input().stats().publications();
    studio.programme().vanish();
    if (awaitStatus(status -> status.state() == WorkerStatus.State.INPUT_LOST)) {
      marks.noticed();
    }
    studio.programme().prepare(left(AWAY, marks));
    watch.pass(left(AWAY, marks));
    marks.returned();
    studio.programme().comeBack();
    long leastNanos = marks.returnNanos + delayMicros * 1_000;
    if (watch.await(LIMIT, () -> studio.destination().hasPictureSince(leastNanos))) {
      marks.over();
      marks.proof = studio.input().stats().publications() - wasPublications + " new publication";
    }
  }

  private void takeDestinationAway(Marks marks) throws InterruptedException {
    Destination destination = studio.destination();
    destination.server().refuseConnections();
    int cut = destination.stream().closeConnections(Hangup.RST);
    if (awaitStatus(status -> status.outputs().stream().noneMatch(OutputStatus::connected))) {
      marks.noticed();
    }
    watch.pass(left(REFUSED, marks));
    marks.returned();
    destination.server().acceptConnections();
    if (watch.await(LIMIT, () -> destination.hasPictureSince(marks.returnNanos)) && cut == 1) {
      marks.over();
      marks.proof = "1 connection reset";
    }
  }

  private void killWorker(Marks marks) throws InterruptedException {
    Optional<ProcessHandle> worker = studio.control().worker();
    boolean killed = worker.map(ProcessHandle::destroyForcibly).orElse(false);
    int before = studio.destination().publications().size();
    if (watch.await(LIMIT, () -> !studio.control().worker().equals(worker))) {
      marks.noticed();
    }
    boolean back =
        watch.await(
            LIMIT,
            () ->
                studio.destination().publications().size() > before
                    && studio.destination().hasPictureSince(marks.atNanos + 1_000_000_000));
    if (back && killed) {
      marks.over();
      marks.proof = "process " + worker.map(ProcessHandle::pid).orElse(0L) + " killed";
    }
  }

  private static Duration left(Duration away, Marks marks) {
    return Duration.ofNanos(Math.max(0, away.toNanos() - (System.nanoTime() - marks.atNanos)));
  }

  private boolean awaitStatus(Predicate<WorkerStatus> condition) throws InterruptedException {
    return watch.await(
        LIMIT,
        () -> studio.control().view().flatMap(view -> view.worker()).filter(condition).isPresent());
  }

  private long dubbedSlots() {
    return studio
        .control()
        .view()
        .flatMap(view -> view.worker())
        .map(status -> status.slots().dubbed())
        .orElse(0L);
  }
}
