package dev.livedub.media.worker;

import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerLauncher;
import org.jspecify.annotations.Nullable;

/** Makes workers that run as threads of this process. */
public final class DubWorkerLauncher implements WorkerLauncher {

  @Override
  public Worker create(
      DubConfig config,
      @Nullable TranslatorFactory translators,
      MeterSink meters,
      CaptionListener captions) {
    return new DubWorker(config, translators, meters, captions);
  }
}
