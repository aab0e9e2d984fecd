package dev.livedub.cli;

/** Entry point of the command line. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Composition.commandLine(System.getenv(), System.out, System.err).execute(args));
  }
}
