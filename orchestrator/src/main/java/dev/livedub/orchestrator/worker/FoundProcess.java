package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.FoundWorker;
import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.HostedWorkerListener;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.worker.WorkerMessage.Hello;
import org.jspecify.annotations.Nullable;

/**
 * A worker's process that an earlier orchestrator left on air, until it is taken over.
 *
 * <p><b>Threading:</b> the host's loop; the port's methods any thread.
 */
final class FoundProcess implements FoundWorker {

  private final ProcessWorkers host;
  private final WorkerTask task;
  private final String runId;
  private final ProcessIdentity holder;
  private @Nullable LineChannel connection;
  private @Nullable Hello hello;

  FoundProcess(ProcessWorkers host, WorkerTask task, String runId, ProcessIdentity holder) {
    this.host = host;
    this.task = task;
    this.runId = runId;
    this.holder = holder;
  }

  @Override
  public WorkerTask task() {
    return task;
  }

  @Override
  public String runId() {
    return runId;
  }

  @Override
  public HostedWorker adopt(HostedWorkerListener listener) {
    HostedProcess adopted = new HostedProcess(host, task, runId, listener);
    host.post(() -> host.onAdopted(this, adopted, holder));
    return adopted;
  }

  /** Whether a process that introduces itself is it. */
  boolean isOf(Hello introduced) {
    return holder.processId() == introduced.processId()
        && task.leaseName().equals(introduced.lease());
  }

  /** It has come before anybody took it over: it is kept waiting. */
  void onHello(LineChannel from, Hello introduced) {
    connection = from;
    hello = introduced;
  }

  /** Tells it to end, if it is in touch. */
  void stop(String reason) {
    if (connection != null) {
      connection.send(new HostMessage.Stop(reason));
    }
  }

  /** A connection is gone; says whether it was its. */
  boolean hasLost(LineChannel gone) {
    if (gone != connection) {
      return false;
    }
    connection = null;
    return true;
  }

  @Nullable LineChannel connection() {
    return connection;
  }

  @Nullable Hello hello() {
    return hello;
  }
}
