package dev.livedub.core.caption;

/** Receives captions. Implementations return at once and never throw. */
@FunctionalInterface
public interface CaptionListener {

  /** Keeps nothing. */
  CaptionListener NONE = caption -> {};

  /**
   * Called once for each sentence, one at a time, on any thread. Those of one side come in the
   * order in which they are heard.
   */
  void onCaption(Caption caption);
}
