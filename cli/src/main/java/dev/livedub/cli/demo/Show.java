package dev.livedub.cli.demo;

import dev.livedub.core.config.DurationText;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.orchestrator.api.StreamView;
import dev.livedub.testkit.rtmp.RtmpTag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The course of a demonstration: on air, faults, off air.
 *
 * <p><b>Threading:</b> the main thread.
 */
final class Show implements Watch {

  /** How often the line is drawn anew, whatever is awaited: nobody reads faster. */
  private static final Duration TICK = Duration.ofMillis(100);

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final int BAR_CHARS = 20;

  private final Studio studio;
  private final DemoOptions options;
  private final Board board;
  private final Progress progress;
  private long beganNanos;
  private long onAirNanos = Long.MIN_VALUE;
  private Optional<StreamView> lastView = Optional.empty();
  private double workerCores;

  Show(Studio studio, DemoOptions options, Board board, Progress progress) {
    this.studio = studio;
    this.options = options;
    this.board = board;
    this.progress = progress;
  }

  /**
   * Goes on air and stays there for as long as was asked for, and until the last fault is over.
   *
   * @return the faults that happened
   * @throws DemoException if nothing comes out
   */
  List<FaultRun> play() throws DemoException, InterruptedException {
    studio.programme().begin();
    beganNanos = System.nanoTime();
    Duration limit = START_LIMIT.plus(options.delay());
    if (!await(limit, () -> studio.destination().hasPictureSince(beganNanos))) {
      throw new DemoException(
          "nothing came out within "
              + DurationText.format(limit)
              + ": "
              + studio.control().view().map(StreamView::reason).orElse("no hook was heard"));
    }
    onAirNanos = firstPicture().arrivalNanos();
    board.phase("on air");
    List<FaultRun> runs = new ArrayList<>();
    if (options.faults()) {
      FaultScript script = new FaultScript(studio, this, options.delay());
      for (DemoFault fault : DemoFault.values()) {
        awaitOnAir(fault.moment());
        runs.add(script.play(fault));
      }
    }
    awaitOnAir(Duration.ofSeconds(options.seconds()));
    lookAtWorker();
    return runs;
  }

  private void lookAtWorker() {
    lastView = studio.control().view();
    workerCores =
        studio.control().worker().map(ProcessHandle::info).flatMap(Show::cores).orElse(0.0);
  }

  private static Optional<Double> cores(ProcessHandle.Info process) {
    return process
        .totalCpuDuration()
        .flatMap(
            cpu ->
                process
                    .startInstant()
                    .map(start -> Duration.between(start, Instant.now()))
                    .map(life -> cpu.toNanos() / (double) life.toNanos()));
  }

  /** Ends the worker; whether it ended cleanly. */
  boolean end() throws InterruptedException {
    board.phase("ending");
    boolean ended = studio.control().stop(STOP_LIMIT);
    studio.destination().awaitEnd(STOP_LIMIT);
    return ended;
  }

  /** When the programme was on the air of its own server, {@link System#nanoTime()}. */
  long beganNanos() {
    return beganNanos;
  }

  /** The stream at the end. */
  Optional<StreamView> lastView() {
    return lastView;
  }

  /** Processor time of the worker over its life, in cores; 0 if the system does not say. */
  double workerCores() {
    return workerCores;
  }

  /** When the first picture arrived, {@link System#nanoTime()}. */
  long onAirNanos() {
    return onAirNanos;
  }

  @Override
  public void announce(String what) {
    board.announce(what);
    progress.say(String.format(Locale.ROOT, "  %2.0f s on air: %s", onAirSeconds(), what));
  }

  @Override
  public boolean await(Duration atMost, BooleanSupplier condition) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNanos > 0) {
        return false;
      }
      board.onAir(onAirSeconds());
      progress.show(line());
      Thread.sleep(TICK.toMillis());
    }
    return true;
  }

  private void awaitOnAir(Duration duration) throws InterruptedException {
    long left = duration.toNanos() - (System.nanoTime() - onAirNanos);
    if (left > 0) {
      pass(Duration.ofNanos(left));
    }
  }

  private RtmpTag firstPicture() {
    return studio.destination().pictures().get(0);
  }

  private double onAirSeconds() {
    return onAirNanos == Long.MIN_VALUE ? 0 : (System.nanoTime() - onAirNanos) / 1e9;
  }

  private String line() {
    Optional<StreamView> view = studio.control().view();
    Optional<WorkerStatus> status = view.flatMap(StreamView::worker);
    if (onAirNanos == Long.MIN_VALUE) {
      return status
          .map(each -> waiting(each))
          .orElse("the hook has called, the worker starts: " + waited());
    }
    return running(view, status);
  }

  private String waited() {
    return String.format(Locale.ROOT, "%.0f s", studio.clock().nowMicros() / 1e6);
  }

  private String waiting(WorkerStatus status) {
    return String.format(
        Locale.ROOT,
        "filling the playout delay: %.1f of %s",
        status.videoQueueMillis() / 1e3,
        DurationText.format(options.delay()));
  }

  private String running(Optional<StreamView> view, Optional<WorkerStatus> status) {
    double share = Math.min(1, onAirSeconds() / options.seconds());
    int full = (int) Math.round(share * BAR_CHARS);
    SlotCounts slots = status.map(WorkerStatus::slots).orElse(SlotCounts.ZERO);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f s on air, %s, dub lag %s, A/V %s, slots: %d dubbed, %d bed, %d fallback",
        "#".repeat(full),
        "-".repeat(BAR_CHARS - full),
        onAirSeconds(),
        view.map(each -> each.state().name()).orElse("IDLE"),
        millis(view.map(each -> each.dubLagMillis().orElse(Double.NaN))),
        millis(status.map(each -> each.avSyncDeltaMillis().orElse(Double.NaN))),
        slots.dubbed(),
        slots.bed(),
        slots.fallback());
  }

  private static String millis(Optional<Double> value) {
    return value
        .filter(Double::isFinite)
        .map(each -> String.format(Locale.ROOT, "%+.0f ms", each))
        .orElse("-");
  }
}
