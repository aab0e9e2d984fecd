package dev.livedub.core.worker;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.translate.Translator;

/** Makes the translators of workers. */
@FunctionalInterface
public interface TranslatorFactory {

  /**
   * Makes a translator that has not begun yet; opens nothing.
   *
   * @param meters those of the stream that it is for
   */
  Translator create(DubConfig config, MeterSink meters);
}
