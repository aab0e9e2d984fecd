package dev.livedub.core.worker;

import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.translate.Translator;
import org.jspecify.annotations.Nullable;

/** Makes workers. The port between those who decide that a stream is dubbed and the media path. */
@FunctionalInterface
public interface WorkerLauncher {

  /**
   * Makes a worker that has not begun yet.
   *
   * @param translator owned by the worker from now on; null for a worker that copies the sound
   * @param captions told each sentence of the translator's transcripts
   */
  Worker create(
      DubConfig config,
      @Nullable Translator translator,
      MeterSink meters,
      CaptionListener captions);

  /** Makes a worker whose transcripts nobody wants. */
  default Worker create(DubConfig config, @Nullable Translator translator, MeterSink meters) {
    return create(config, translator, meters, CaptionListener.NONE);
  }
}
