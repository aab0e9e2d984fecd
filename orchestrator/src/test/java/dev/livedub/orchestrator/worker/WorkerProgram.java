package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerTask;
import java.nio.file.Path;
import java.time.Duration;

/** A process that runs a scripted worker: {@code ORPHAN_MILLIS --state-dir DIR --task LEASE}. */
public final class WorkerProgram {

  private WorkerProgram() {}

  public static void main(String[] args) {
    WorkerProcess process =
        new WorkerProcess(
            Path.of(args[2]),
            WorkerTask.ofLease(args[4]).orElseThrow(),
            ScriptedWorker.maker(),
            TestPrograms.limits(
                Duration.ofMillis(Long.parseLong(args[0])), TestPrograms.LIMITS.silence()),
            new Unwatched(),
            () -> Runtime.getRuntime().halt(50));
    System.exit(process.run().code());
  }

  private static final class Unwatched implements WorkerProcess.Observer {
    @Override
    public void onOrder(WorkerOrder order) {}

    @Override
    public void onNoOrder(String why) {}

    @Override
    public void onWorker(Worker worker) {}
  }
}
