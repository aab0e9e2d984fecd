package dev.livedub.core.translate;

/** Receives a translator's events. Implementations return quickly and never throw. */
@FunctionalInterface
public interface TranslatorListener {

  /** Called once for each event, one at a time, on any thread. */
  void onEvent(TranslatorEvent event);
}
