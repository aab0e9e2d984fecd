package dev.livedub.core.worker;

/**
 * One dub, from its start to its end.
 *
 * <p><b>Threading:</b> {@link #run} is called once and blocks its caller; the other methods may be
 * called by any thread at any time.
 */
public interface Worker {

  /** Dubs until the input ends, {@link #stop} is called, or it cannot go on. Never throws. */
  WorkerExit run();

  /**
   * Asks for a clean end: what was read is played out only as far as {@code D} has passed, trailers
   * are written, sockets closed. Returns at once; idempotent.
   */
  void stop(String reason);

  /** A snapshot of how it goes. */
  WorkerStatus status();
}
