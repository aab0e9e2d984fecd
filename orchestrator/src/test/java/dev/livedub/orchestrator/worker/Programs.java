package dev.livedub.orchestrator.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that a test starts, ended with it. */
final class Programs implements AutoCloseable {

  private final List<Process> started = new ArrayList<>();
  private final List<Long> others = new ArrayList<>();

  /** Starts a program and reads its output up to and with a line; returns what came before. */
  Process start(Class<?> program, String lastLine, List<String> lines, String... arguments)
      throws IOException {
    Process process = start(program, ProcessBuilder.Redirect.PIPE, arguments);
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals(lastLine)) {
        return process;
      }
      lines.add(line);
    }
    throw new AssertionError("the program ended without saying " + lastLine);
  }

  /** Starts a program whose output nobody reads. */
  Process start(Class<?> program, String... arguments) throws IOException {
    return start(program, ProcessBuilder.Redirect.DISCARD, arguments);
  }

  private Process start(Class<?> program, ProcessBuilder.Redirect output, String... arguments)
      throws IOException {
    Process process =
        new ProcessBuilder(TestPrograms.command(program, arguments).line(List.of(), List.of()))
            .redirectOutput(output)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(process);
    return process;
  }

  /** Ends a process that somebody else started, once the test is over. */
  void endLater(long processId) {
    others.add(processId);
  }

  /** Ends a process as a crash would. */
  static void kill(long processId) {
    ProcessHandle.of(processId).orElseThrow().destroyForcibly();
  }

  /** Lets a process stand still, or go on. */
  static void signal(String name, long processId) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(processId)).start();
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new AssertionError("kill -" + name + " failed");
    }
  }

  static boolean isAlive(long processId) {
    return ProcessIdentity.of(processId).isPresent();
  }

  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
    others.forEach(id -> ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly));
  }
}
