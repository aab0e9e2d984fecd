package dev.livedub.cli.worker;

import dev.livedub.cli.config.LogFormat;
import dev.livedub.cli.config.ProcessSettings;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.worker.HostLimits;
import dev.livedub.orchestrator.worker.WorkerProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code livedub worker}: one worker in a process of its own, started by {@code livedub serve} and
 * by nobody else. What it is to do comes from the orchestrator's socket, so that nothing of it is
 * on the command line. Reads its few words itself, as the JVM cannot archive picocli's classes and
 * a worker needs them for nothing else.
 *
 * <p><b>Threading:</b> called once, by the main thread.
 */
public final class WorkerCommand {

  /** Its name on the command line. */
  public static final String NAME = "worker";

  private static final String STATE_DIR = "--state-dir";
  private static final String TASK = "--task";
  private static final String LOG_FORMAT = "--log-format";
  private static final String REHEARSE = "--rehearse";
  private static final Set<String> OPTIONS = Set.of(STATE_DIR, TASK, LOG_FORMAT);

  private final WorkerPorts ports;
  private final PrintStream err;

  /** A command that has not begun. */
  public WorkerCommand(WorkerPorts ports, PrintStream err) {
    this.ports = ports;
    this.err = err;
  }

  /**
   * Runs a worker or rehearses one.
   *
   * @param words what follows the command's name
   * @return the process's exit code
   */
  public int run(List<String> words) {
    try {
      boolean rehearses = words.contains(REHEARSE);
      Map<String, String> options =
          read(words.stream().filter(word -> !word.equals(REHEARSE)).toList());
      LogFormat format =
          ProcessSettings.LOG_FORMAT.parse(
              options.getOrDefault(LOG_FORMAT, ProcessSettings.LOG_FORMAT.defaultText()));
      return rehearses ? new WorkerRehearsal(ports, format).play() : run(options, format);
    } catch (BadValueException e) {
      err.println("livedub: worker is started by livedub serve alone; expected " + e.expected());
      return ExitCode.USAGE.code();
    }
  }

  private static Map<String, String> read(List<String> words) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      if (!OPTIONS.contains(words.get(i)) || i + 1 == words.size()) {
        throw new BadValueException("pairs of an option and its value: " + OPTIONS);
      }
      options.put(words.get(i), words.get(i + 1));
    }
    return options;
  }

  private int run(Map<String, String> options, LogFormat format) {
    String stateDir = options.get(STATE_DIR);
    if (stateDir == null) {
      throw new BadValueException(STATE_DIR);
    }
    WorkerTask task =
        WorkerTask.ofLease(options.getOrDefault(TASK, ""))
            .orElseThrow(() -> new BadValueException(TASK + " with a lease's name"));
    return run(Path.of(stateDir), task, format);
  }

  private int run(Path stateDir, WorkerTask task, LogFormat format) {
    WorkerLog logging = new WorkerLog(format, task.streamId(), err);
    ExitCode code = ExitCode.INTERNAL;
    try {
      code =
          new WorkerProcess(
                  stateDir, task, ports.maker(), HostLimits.DEFAULTS, logging, logging::halt)
              .run();
    } finally {
      ports.end().run();
      logging.finished(code);
    }
    return code.code();
  }
}
