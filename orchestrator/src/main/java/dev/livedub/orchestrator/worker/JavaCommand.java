package dev.livedub.orchestrator.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a worker's process is started. Everybody on the machine can read it: it holds no secret.
 *
 * @param java the launcher
 * @param options the JVM's
 * @param program what is run, with its first arguments: {@code -jar FILE worker …}
 * @param log the file that its standard error is appended to; empty for that of this process
 */
public record JavaCommand(
    Path java, List<String> options, List<String> program, Optional<Path> log) {

  public JavaCommand {
    options = List.copyOf(options);
    program = List.copyOf(program);
  }

  /** A command whose log is that of this process. */
  public JavaCommand(Path java, List<String> options, List<String> program) {
    this(java, options, program, Optional.empty());
  }

  /** The same with a log of its own. */
  public JavaCommand withLog(Path newLog) {
    return new JavaCommand(java, options, program, Optional.of(newLog));
  }

  /** The whole command line. */
  List<String> line(List<String> moreOptions, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    line.addAll(options);
    line.addAll(moreOptions);
    line.addAll(program);
    line.addAll(arguments);
    return line;
  }
}
