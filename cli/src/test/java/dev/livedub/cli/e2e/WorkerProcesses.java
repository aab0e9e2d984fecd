package dev.livedub.cli.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The workers' processes of one state directory, whoever started them, as Linux lists them. */
final class WorkerProcesses {

  private static final String TASK = "--task";

  private final Path stateDir;

  WorkerProcesses(Path stateDir) {
    this.stateDir = stateDir;
  }

  /** The ids of the processes that are there, by task, such as {@code demo.dub}. */
  Map<String, List<Long>> byTask() {
    Map<String, List<Long>> found = new TreeMap<>();
    ProcessHandle.allProcesses()
        .forEach(
            process ->
                taskOf(commandLine(process.pid()))
                    .ifPresent(
                        task ->
                            found
                                .computeIfAbsent(task, k -> new ArrayList<>())
                                .add(process.pid())));
    return found;
  }

  /** Kills all of them. */
  void kill() {
    byTask().values().stream().flatMap(List::stream).forEach(WorkerProcesses::kill);
  }

  /** Kills a process, if it is there. */
  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** What everybody on the machine can read of a process; empty if it has ended. */
  static List<String> commandLine(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "cmdline"));
      return List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }

  private Optional<String> taskOf(List<String> words) {
    int task = words.indexOf(TASK);
    return words.contains(stateDir.toString()) && task >= 0 && task + 1 < words.size()
        ? Optional.of(words.get(task + 1))
        : Optional.empty();
  }
}
