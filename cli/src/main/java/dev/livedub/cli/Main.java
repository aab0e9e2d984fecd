package dev.livedub.cli;

import dev.livedub.cli.worker.WorkerCommand;
import java.util.List;

/** Entry point of the command line. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> words) {
    if (words.size() > 0 && words.get(0).equals(WorkerCommand.NAME)) {
      return Composition.worker(System.getenv(), System.err).run(words.subList(1, words.size()));
    }
    return Composition.commandLine(System.getenv(), System.out, System.err)
        .execute(words.toArray(String[]::new));
  }
}
