package dev.livedub.cli.dub;

import dev.livedub.cli.config.DubOptions;
import dev.livedub.cli.log.Logging;
import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.DurationText;
import dev.livedub.core.log.MaskedUrl;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a worker, from its making to its exit, with a line in the log for both.
 *
 * <p><b>Threading:</b> one thread, which blocks while the stream is on air.
 */
final class DubRun {

  private static final Logger LOG = LoggerFactory.getLogger(DubRun.class);

  private final DubPorts ports;
  private final Logging logging;
  private final Consumer<Worker> started;

  /**
   * A run.
   *
   * @param started is told of the worker before it begins, so that it can be stopped
   */
  DubRun(DubPorts ports, Logging logging, Consumer<Worker> started) {
    this.ports = ports;
    this.logging = logging;
    this.started = started;
  }

  /** Dubs until the end. */
  WorkerExit run(DubOptions options, MeterSink meters, CaptionListener captions) {
    DubConfig config = options.dub();
    logStart(config);
    TranslatorFactory factory = ports.translators().get(config.translator());
    Worker worker = ports.workers().create(config, factory, meters, captions);
    started.accept(worker);
    logging.showStatus(() -> StatusLine.of(worker.status()));
    WorkerExit exit = worker.run();
    logging.hideStatus();
    logEnd(exit, worker.status());
    return exit;
  }

  private static void logStart(DubConfig config) {
    LOG.atInfo()
        .addKeyValue("event", "dub_started")
        .addKeyValue("input", MaskedUrl.of(config.input()))
        .addKeyValue(
            "outputs",
            config.outputs().stream().map(MaskedUrl::of).collect(Collectors.joining(" ")))
        .addKeyValue("translator", DubSettings.word(config.translator()))
        .addKeyValue("targetLang", config.targetLang().orElse(""))
        .addKeyValue("delay", config.delay().text())
        .addKeyValue("slot", DurationText.format(config.slot()))
        .addKeyValue("fallback", DubSettings.word(config.fallback()))
        .log("starting");
  }

  private static void logEnd(WorkerExit exit, WorkerStatus status) {
    SlotCounts slots = status.slots();
    (exit.code().code() == 0 ? LOG.atInfo() : LOG.atError())
        .addKeyValue("event", "dub_ended")
        .addKeyValue("exitCode", exit.code().code())
        .addKeyValue("onAirSeconds", status.onAirMicros() / 1e6)
        .addKeyValue("slotsDubbed", slots.dubbed())
        .addKeyValue("slotsBed", slots.bed())
        .addKeyValue("slotsFallback", slots.fallback())
        .addKeyValue("inputDiscontinuities", status.inputDiscontinuities())
        .addKeyValue("inputReconnects", status.inputReconnects())
        .log(exit.message());
  }
}
