package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.WorkerTask;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Starts workers' processes, one after the other, on a thread of its own: starting one blocks for a
 * while. They inherit the log unless the command names one, and the environment as far as they need
 * it ({@link ChildEnvironment}).
 *
 * <p><b>Threading:</b> any thread.
 */
final class WorkerSpawner implements AutoCloseable {

  /** Told what became of it, on the spawner's thread. */
  interface Listener {
    void onStarted(Process process);

    /** It could not be started. */
    void onFailed(String why);
  }

  private final StateDir state;
  private final JavaCommand command;
  private final Supplier<List<String>> moreOptions;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          body -> {
            Thread made = new Thread(body, "worker-spawn");
            made.setDaemon(true);
            return made;
          });

  WorkerSpawner(StateDir state, JavaCommand command, Supplier<List<String>> moreOptions) {
    this.state = state;
    this.command = command;
    this.moreOptions = moreOptions;
  }

  /** Starts a process soon. */
  void start(WorkerTask task, Listener listener) {
    thread.execute(
        () -> {
          Process started;
          try {
            started = start(task);
          } catch (IOException | RuntimeException | Error e) {
            // Without memory for one more thread, the JDK ends in an Error here.
            listener.onFailed(String.valueOf(e.getMessage()));
            return;
          }
          listener.onStarted(started);
        });
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  private Process start(WorkerTask task) throws IOException {
    List<String> arguments =
        List.of("--state-dir", state.path().toString(), "--task", task.leaseName());
    ProcessBuilder builder = new ProcessBuilder(command.line(moreOptions.get(), arguments));
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    builder.redirectOutput(Redirect.DISCARD);
    builder.redirectError(
        command.log().map(log -> Redirect.appendTo(log.toFile())).orElse(Redirect.INHERIT));
    ChildEnvironment.of(task, builder);
    return builder.start();
  }
}
