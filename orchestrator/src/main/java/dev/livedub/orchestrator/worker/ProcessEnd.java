package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerExit;
import java.util.Map;
import java.util.OptionalInt;

/** Words the end of a worker's process that did not say itself how it ended. */
final class ProcessEnd {

  /** What the JDK adds to the number of the signal that ended a process, as a shell does. */
  private static final int SIGNAL_BASE = 128;

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          2, "SIGINT",
          4, "SIGILL",
          6, "SIGABRT",
          7, "SIGBUS",
          8, "SIGFPE",
          9, "SIGKILL",
          11, "SIGSEGV",
          15, "SIGTERM");

  private ProcessEnd() {}

  /**
   * The exit of a worker.
   *
   * @param status what the system says; empty for a process that another one started
   */
  static WorkerExit of(OptionalInt status) {
    if (status.isEmpty()) {
      return new WorkerExit(
          ExitCode.INTERNAL,
          "worker process died; why is not known, as an earlier orchestrator started it");
    }
    int value = status.getAsInt();
    if (value > SIGNAL_BASE) {
      int signal = value - SIGNAL_BASE;
      String name = SIGNALS.containsKey(signal) ? " (" + SIGNALS.get(signal) + ")" : "";
      return new WorkerExit(ExitCode.INTERNAL, "worker process died: signal " + signal + name);
    }
    for (ExitCode code : ExitCode.values()) {
      if (code.code() == value) {
        return new WorkerExit(code, "worker process ended with " + value + " and did not say why");
      }
    }
    return new WorkerExit(
        ExitCode.INTERNAL, "worker process ended with " + value + ", which no worker does");
  }
}
