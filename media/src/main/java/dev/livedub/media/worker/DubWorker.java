package dev.livedub.media.worker;

import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.log.LogEvent;
import dev.livedub.core.log.MaskedUrl;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.timeline.PlayoutClock;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerStatus.State;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.telemetry.Telemetry;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One dub: a demux thread that reads the input, a playout thread that puts it on air, and a thread
 * for each output. The thread that calls {@link #run} only waits for the end, and then ends them in
 * order.
 */
final class DubWorker implements Worker {

  /** For the outputs' trailers at a clean end; with the rest it stays below 4 s. */
  private static final Duration OUTPUTS_END = Duration.ofMillis(2000);

  private static final Duration THREADS_END = Duration.ofMillis(700);

  private final DubConfig config;
  private final @Nullable TranslatorFactory translators;
  private final MeterSink meters;
  private final CaptionListener captions;
  private final PlayoutClock clock;
  private final Telemetry telemetry;
  private final LiveControl live;
  private final WorkerThreads threads;
  private final CompletableFuture<WorkerExit> end = new CompletableFuture<>();
  private final Outputs outputs;
  private final BitRate inputRate;
  private final BitRate outputRate;
  private volatile boolean stopping;
  private volatile State state = State.STARTING;
  private volatile String reason = "not started";
  private volatile @Nullable MediaPath path;

  DubWorker(
      DubConfig config,
      @Nullable TranslatorFactory translators,
      MeterSink meters,
      CaptionListener captions) {
    this.config = config;
    this.translators = translators;
    this.meters = meters;
    this.captions = captions;
    this.clock = new PlayoutClock(config.delay().first());
    this.telemetry = new Telemetry(meters, this::delayMillis);
    this.live = new LiveControl(config, translators, meters, telemetry);
    this.threads = new WorkerThreads(config.streamId());
    this.inputRate = new BitRate(telemetry::bytesRead);
    this.outputs =
        new Outputs(config, telemetry, threads, inputRate::bitsPerSecond, this::onAir, this::end);
    this.outputRate = new BitRate(telemetry::bytesWritten);
  }

  @Override
  public WorkerExit run() {
    telemetry
        .info(LogEvent.WORKER_STARTED, "worker")
        .addKeyValue("input", MaskedUrl.of(config.input()))
        .addKeyValue("translator", config.translator().name())
        .addKeyValue("delay", config.delay().text())
        .log("worker started");
    moveTo(State.STARTING, "connecting to the input");
    WorkerExit exit = dub();
    moveTo(State.STOPPED, exit.message());
    telemetry
        .info(LogEvent.WORKER_STOPPED, "worker")
        .addKeyValue("exitCode", exit.code().code())
        .log(exit.message());
    return exit;
  }

  private WorkerExit dub() {
    SourceEvents events = new SourceEvents(config, outputs, telemetry, this::moveTo);
    MediaPath made;
    try {
      made = makePath(events);
    } catch (MediaException e) {
      return new WorkerExit(e.fault().exitCode(), e.getMessage());
    } catch (RuntimeException e) { // a translator cannot be made of this configuration
      endInternally(e);
      return end.join();
    }
    path = made;
    events.startsPlayout(made, () -> threads.start("playout", () -> playOut(made)));
    registerGauges(made);
    threads.start("demux", () -> read(made));
    WorkerExit exit = end.join();
    moveTo(State.STOPPING, exit.message());
    endThreads(made);
    return outputs.verdict(exit);
  }

  private MediaPath makePath(SourceEvents events) throws MediaException {
    if (translators == null) {
      return MediaPath.copying(config, clock, events, telemetry, outputs::accept);
    }
    return MediaPath.dubbing(
        config,
        clock,
        live.firstTranslator(translators),
        meters,
        captions,
        events,
        telemetry,
        outputs::accept,
        live::control);
  }

  private void read(MediaPath made) {
    try {
      made.source().run();
      if (!stopping) {
        moveTo(State.STOPPING, "the input has ended; playing out what is left");
      }
      made.playout().inputEnded();
      if (!threads.hasStarted("playout")) {
        end(ExitCode.CLEAN, "the input has ended before anything came");
      }
    } catch (MediaException e) {
      end(e.fault().exitCode(), e.getMessage());
    } catch (RuntimeException | Error e) {
      endInternally(e);
    }
  }

  private void playOut(MediaPath made) {
    try {
      made.playout().run();
      end(ExitCode.CLEAN, "the input has ended");
    } catch (MediaException e) {
      end(e.fault().exitCode(), e.getMessage());
    } catch (RuntimeException | Error e) {
      endInternally(e);
    }
  }

  /** In order: no more input, no more playout, trailers, sockets, memory. */
  private void endThreads(MediaPath made) {
    made.source().stop();
    made.playout().stop();
    threads.join("playout", THREADS_END);
    outputs.finish(OUTPUTS_END);
    if (threads.join(THREADS_END)) {
      made.close();
    } else { // freeing what a thread still uses would take the process down
      telemetry
          .warn(LogEvent.WORKER_STATE, "worker")
          .log("a thread has not ended; its memory is left to the process");
    }
  }

  @Override
  public void stop(String why) {
    stopping = true;
    end(ExitCode.CLEAN, why);
  }

  @Override
  public void change(LiveChange change) {
    if (!end.isDone()) {
      live.change(change);
    }
  }

  private void end(ExitCode code, String message) {
    end.complete(new WorkerExit(code, message));
  }

  private void endInternally(Throwable failure) {
    telemetry.error(LogEvent.WORKER_STATE, "worker").setCause(failure).log("internal error");
    end(ExitCode.INTERNAL, "internal error: " + failure);
  }

  private void onAir() {
    telemetry.info(LogEvent.ON_AIR, "worker").log("on air");
  }

  private void moveTo(State next, String why) {
    if (state == State.STOPPED || (state == State.STOPPING && next != State.STOPPED)) {
      return;
    }
    if (next != state) {
      telemetry
          .info(LogEvent.WORKER_STATE, "worker")
          .addKeyValue("from", state.name())
          .addKeyValue("to", next.name())
          .log(why);
    }
    state = next;
    reason = why;
  }

  private void registerGauges(MediaPath made) {
    meters.gauge(Meter.PLAYOUT_DELAY, this::delayMillis);
    meters.gauge(Meter.VIDEO_QUEUE, made.pictures()::heldMillis);
    meters.gauge(Meter.AUDIO_QUEUE, made.soundLane()::heldMillis);
    meters.gauge(Meter.AV_SYNC_DELTA, () -> made.source().avSyncDeltaMillis().orElse(Double.NaN));
  }

  private double delayMillis() {
    return clock.delayNanos() / 1e6;
  }

  @Override
  public WorkerStatus status() {
    MediaPath made = path;
    return new WorkerStatus(
        state,
        reason,
        outputs.onAirMicros(),
        inputRate.bitsPerSecond(),
        outputRate.bitsPerSecond(),
        delayMillis(),
        made == null ? 0 : made.pictures().heldMillis(),
        made == null ? 0 : made.soundLane().heldMillis(),
        made == null ? OptionalDouble.empty() : made.source().avSyncDeltaMillis(),
        made == null ? SlotCounts.ZERO : made.slots(),
        made == null ? Optional.empty() : made.translatorHealth(),
        made == null ? Optional.empty() : made.background(),
        telemetry.discontinuities(),
        telemetry.inputReconnects(),
        live.settings(),
        outputs.statuses());
  }
}
