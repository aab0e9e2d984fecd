package dev.livedub.cli;

import dev.livedub.cli.worker.WorkerCommand;
import picocli.CommandLine;

/** Entry point of the command line. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    CommandLine line =
        args.length > 0 && args[0].equals(WorkerCommand.NAME)
            ? Composition.workerLine(System.getenv(), System.out, System.err)
            : Composition.commandLine(System.getenv(), System.out, System.err);
    System.exit(line.execute(args));
  }
}
