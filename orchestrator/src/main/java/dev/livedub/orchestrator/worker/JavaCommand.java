package dev.livedub.orchestrator.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a worker's process is started. Everybody on the machine can read it: it holds no secret.
 *
 * @param java the launcher
 * @param options the JVM's
 * @param program what is run, with its first arguments: {@code -jar FILE worker …}
 */
public record JavaCommand(Path java, List<String> options, List<String> program) {

  public JavaCommand {
    options = List.copyOf(options);
    program = List.copyOf(program);
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
