package dev.livedub.core.worker;

/**
 * A worker that an earlier process left on air.
 *
 * <p><b>Threading:</b> any thread.
 */
public interface FoundWorker {

  /** What it is for. */
  WorkerTask task();

  /** The run it belongs to. */
  String runId();

  /**
   * Takes it over. From now on it is like one that was started here: it reports its status as soon
   * as it has found its new host, and exits if it does not find it in time. Called once.
   */
  HostedWorker adopt(HostedWorkerListener listener);
}
