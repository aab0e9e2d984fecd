package dev.livedub.core.worker;

import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.config.DubConfig;
import org.jspecify.annotations.Nullable;

/** Makes workers. The port between those who decide that a stream is dubbed and the media path. */
@FunctionalInterface
public interface WorkerLauncher {

  /**
   * Makes a worker that has not begun yet.
   *
   * @param translators makes the translators that the worker asks for while it runs: the first when
   *     it begins, another when the language is changed; null for a worker that copies the sound
   * @param captions told each sentence of the translator's transcripts
   */
  Worker create(
      DubConfig config,
      @Nullable TranslatorFactory translators,
      MeterSink meters,
      CaptionListener captions);

  /** Makes a worker whose transcripts nobody wants. */
  default Worker create(
      DubConfig config, @Nullable TranslatorFactory translators, MeterSink meters) {
    return create(config, translators, meters, CaptionListener.NONE);
  }
}
