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

  /**
   * Changes what an operator may change, without a cut in the output; what the change leaves empty
   * stays as it is. Returns at once; idempotent. Before {@link #run} it holds from the start; after
   * the end it has no effect. A change that cannot be made, such as a language that the translator
   * refuses, is logged and leaves that setting as it was. {@link WorkerStatus#live} says what is in
   * force.
   *
   * <p>A worker that copies the sound has nothing to change: it stays in bypass.
   */
  void change(LiveChange change);

  /** A snapshot of how it goes. */
  WorkerStatus status();
}
