package dev.livedub.orchestrator.api;

import dev.livedub.core.caption.Caption;

/**
 * Watches one stream. Implementations return at once and never throw.
 *
 * <p><b>Threading:</b> one call at a time, on a thread of the stream's.
 */
public interface StreamListener {

  /** Called at once with how it is now, then at every change of state and about once a second. */
  void onView(StreamView view);

  /** Called for each sentence of a transcript. */
  void onCaption(Caption caption);
}
