package dev.livedub.cli.dub;

import dev.livedub.cli.log.Logging;
import dev.livedub.core.worker.Worker;
import org.jspecify.annotations.Nullable;

/**
 * Ties a {@link GracefulStop} to this JVM's shutdown.
 *
 * <p><b>Threading:</b> the main thread.
 */
public final class StopHook {

  private final Logging logging;
  private @Nullable GracefulStop stop;
  private @Nullable Thread hook;

  /** A hook that watches nothing yet. */
  public StopHook(Logging logging) {
    this.logging = logging;
  }

  /** From now on a signal stops this worker. */
  public void watch(Worker worker) {
    GracefulStop watched =
        new GracefulStop(
            worker, GracefulStop.PATIENCE, logging::close, code -> Runtime.getRuntime().halt(code));
    Thread thread = new Thread(watched, "stop-on-signal");
    Runtime.getRuntime().addShutdownHook(thread);
    stop = watched;
    hook = thread;
  }

  /** The worker has ended and all was closed. */
  public void finished(int code) {
    if (stop != null) {
      stop.finished(code);
    }
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The shutdown is under way: the hook is running and has just been told the code.
      }
    }
  }
}
