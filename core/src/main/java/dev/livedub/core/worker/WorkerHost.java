package dev.livedub.core.worker;

import java.util.List;

/**
 * Runs workers somewhere: as threads of this process, as processes of their own, or elsewhere. The
 * port between those who decide what is on air and those who put it there.
 *
 * <p>There is at most one worker per {@link WorkerTask} at any time, on this machine, even if the
 * process of the host died and another one took its place: an order whose task is still held by an
 * older worker waits until that one has ended, and ends it by force if it does not.
 *
 * <p><b>Threading:</b> any thread; no method blocks but {@link #recover} and {@link #close}.
 */
public interface WorkerHost extends AutoCloseable {

  /**
   * Begins a worker. Returns at once; whatever goes wrong is told to the listener as an exit.
   *
   * @param listener told from a thread of the host's, one call at a time; {@code onExit} comes
   *     exactly once and last
   */
  HostedWorker start(WorkerOrder order, HostedWorkerListener listener);

  /**
   * Finds the workers that an earlier process left on air. Called once, before the first {@link
   * #start}; reads what is there and does not wait for answers.
   */
  List<FoundWorker> recover();

  /** Ends all workers, cleanly where that works within 5 s. Idempotent. */
  @Override
  void close();
}
