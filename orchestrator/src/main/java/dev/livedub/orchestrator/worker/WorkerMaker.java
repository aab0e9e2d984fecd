package dev.livedub.orchestrator.worker;

import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerLauncher;
import java.util.Map;

/**
 * Makes workers, each with the translators it needs.
 *
 * <p><b>Threading:</b> any thread.
 *
 * @param translators how each translator is made; bypass needs none
 */
public record WorkerMaker(
    WorkerLauncher launcher, Map<TranslatorKind, TranslatorFactory> translators) {

  public WorkerMaker {
    translators = Map.copyOf(translators);
  }

  /** Makes a worker that has not begun yet. */
  Worker create(DubConfig config, MeterSink meters, CaptionListener captions) {
    return launcher.create(config, translators.get(config.translator()), meters, captions);
  }
}
