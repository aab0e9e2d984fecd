package dev.livedub.orchestrator.worker;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.LiveSettings;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

/** A worker without media that does what the input's name says. */
final class ScriptedWorker implements Worker {

  /** Runs until it is told to stop. */
  static final String OBEDIENT = "obedient";

  /** Does not hear that it is to stop. */
  static final String DEAF = "deaf";

  /** Cannot go on from the start. */
  static final String SPENT = "spent";

  /** Has a fault that is more than an exception. */
  static final String BROKEN = "broken";

  /** Takes its process along. */
  static final String CRASHING = "crashing";

  private final DubConfig config;
  private final MeterSink meters;
  private final CaptionListener captions;
  private final CompletableFuture<WorkerExit> end = new CompletableFuture<>();
  private volatile WorkerStatus.State state = WorkerStatus.State.STARTING;
  private volatile LiveSettings live;

  ScriptedWorker(DubConfig config, MeterSink meters, CaptionListener captions) {
    this.config = config;
    this.meters = meters;
    this.captions = captions;
    this.live = LiveSettings.of(config);
  }

  /** Makes workers of this kind. */
  static WorkerMaker maker() {
    return new WorkerMaker(
        (config, translators, meters, captions) -> new ScriptedWorker(config, meters, captions),
        Map.of());
  }

  static DubConfig config(String streamId, String script) {
    return DubConfig.builder(streamId, script, List.of("rtmp://h/a/b"), TranslatorKind.TONE)
        .targetLang("es")
        .build();
  }

  @Override
  public WorkerExit run() {
    state = WorkerStatus.State.RUNNING;
    meters.add(Meter.BYTES, "in", 1000);
    meters.record(Meter.ADDED_LATENCY, 7);
    meters.gauge(Meter.VIDEO_QUEUE, () -> 42);
    captions.onCaption(new Caption(Side.TARGET, "hola", null, 0, 1));
    if (config.input().equals(SPENT)) {
      return new WorkerExit(ExitCode.RETRIES_SPENT, "spent");
    }
    if (config.input().equals(BROKEN)) {
      throw new StackOverflowError("on purpose");
    }
    if (config.input().equals(CRASHING)) {
      Runtime.getRuntime().halt(128 + 11);
    }
    WorkerExit exit = end.join();
    state = WorkerStatus.State.STOPPED;
    meters.add(Meter.BYTES, "in", 234);
    return exit;
  }

  @Override
  public void stop(String reason) {
    if (!config.input().equals(DEAF)) {
      end.complete(new WorkerExit(ExitCode.CLEAN, reason));
    }
  }

  @Override
  public synchronized void change(LiveChange change) {
    live = live.after(change);
  }

  @Override
  public WorkerStatus status() {
    return new WorkerStatus(
        state,
        config.input(),
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
        live,
        List.of());
  }
}
