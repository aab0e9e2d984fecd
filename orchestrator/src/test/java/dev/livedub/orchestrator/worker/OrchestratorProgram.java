package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An orchestrator that starts workers, says so, and does nothing more: {@code DIR ORPHAN_MILLIS
 * STREAM…}. Prints a line {@code pid STREAM PID} for each worker on air, then {@code ready}.
 */
public final class OrchestratorProgram {

  private OrchestratorProgram() {}

  public static void main(String[] args) throws IOException {
    StateDir state = StateDir.open(Path.of(args[0]));
    ProcessWorkers host =
        new ProcessWorkers(
            state,
            TestPrograms.command(WorkerProgram.class, args[1]),
            List::of,
            TestPrograms.LIMITS);
    List<String> lines = new ArrayList<>();
    for (String streamId : List.of(args).subList(2, args.length)) {
      RecordingListener listener = new RecordingListener();
      HostedWorker worker =
          host.start(
              new WorkerOrder(
                  WorkerTask.dub(streamId),
                  "run-" + streamId,
                  ScriptedWorker.config(streamId, ScriptedWorker.OBEDIENT),
                  LiveChange.NONE),
              listener);
      listener.awaitRunning();
      lines.add("pid " + streamId + " " + worker.processId().orElseThrow());
    }
    lines.add("ready\n");
    System.out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    System.out.flush();
    System.in.read();
  }
}
