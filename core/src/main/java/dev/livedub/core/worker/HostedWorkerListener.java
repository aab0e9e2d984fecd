package dev.livedub.core.worker;

import dev.livedub.core.caption.CaptionListener;

/**
 * Hears of a hosted worker. Implementations return at once and never throw.
 *
 * <p><b>Threading:</b> one call at a time, on a thread of the host's; {@link #meters} any thread.
 */
public interface HostedWorkerListener extends CaptionListener {

  /** Called about once a second, and soon after every change of state. */
  void onStatus(WorkerStatus status);

  /**
   * Called exactly once, when the worker has ended and nothing of it is left; nothing comes after
   * it.
   */
  void onExit(WorkerExit exit);

  /** Where the worker's measurements go. */
  MeterSink meters();
}
