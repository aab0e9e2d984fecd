package dev.livedub.cli.worker;

import dev.livedub.cli.config.LogFormat;
import dev.livedub.cli.dub.StopHook;
import dev.livedub.cli.log.LogIdentity;
import dev.livedub.cli.log.Logging;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.orchestrator.worker.WorkerProcess;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The log of a worker's process, which begins when its run is known, and its end by a signal.
 *
 * <p><b>Threading:</b> the main thread; {@link #halt} any.
 */
final class WorkerLog implements WorkerProcess.Observer {

  private final LogFormat format;
  private final String streamId;
  private final OutputStream out;
  private volatile @Nullable Logging logging;
  private @Nullable StopHook hook;

  WorkerLog(LogFormat format, String streamId, OutputStream out) {
    this.format = format;
    this.streamId = streamId;
    this.out = out;
  }

  @Override
  public void onOrder(WorkerOrder order) {
    Logging started = start(order.runId());
    hook = new StopHook(started);
  }

  @Override
  public void onNoOrder(String why) {
    start("");
    LoggerFactory.getLogger(WorkerLog.class)
        .atWarn()
        .addKeyValue("event", "worker_without_order")
        .log(why);
  }

  @Override
  public void onWorker(Worker worker) {
    if (hook != null) {
      hook.watch(worker);
    }
  }

  /** Ends the process at once. */
  void halt() {
    closeLog();
    Runtime.getRuntime().halt(ExitCode.INTERNAL.code());
  }

  /** The worker has ended and all was closed. */
  void finished(ExitCode code) {
    closeLog();
    if (hook != null) {
      hook.finished(code.code());
    }
  }

  private Logging start(String runId) {
    Logging started = Logging.start(format, LogIdentity.of(streamId, runId), out, false);
    logging = started;
    return started;
  }

  private void closeLog() {
    Logging open = logging;
    if (open != null) {
      open.close();
    }
  }
}
