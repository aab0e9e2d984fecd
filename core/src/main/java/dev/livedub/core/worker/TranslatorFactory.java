package dev.livedub.core.worker;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.translate.Translator;

/** Makes the translators of workers. */
@FunctionalInterface
public interface TranslatorFactory {

  /**
   * Makes a translator that has not begun yet, for the configured language; opens nothing. It is
   * the caller's to close.
   *
   * @param meters those of the stream that it is for
   * @throws IllegalArgumentException if the configuration names a language it cannot have
   */
  Translator create(DubConfig config, MeterSink meters);
}
