package dev.livedub.cli.demo;

import dev.livedub.cli.command.CommandHelp;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.worker.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code livedub demo}: the whole thing on this machine, shown on a page, measured at the end.
 *
 * <p><b>Threading:</b> called once, by the main thread.
 */
public final class DemoCommand implements Callable<Integer> {

  private static final String FAULTS = "--faults";
  private static final String KEEP = "--keep";

  private final WorkerHosts hosts;
  private final PrintStream out;
  private final PrintStream err;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /**
   * A command that is not part of a command line yet.
   *
   * @param hosts makes the host of the workers' processes
   */
  public DemoCommand(WorkerHosts hosts, PrintStream out, PrintStream err) {
    this.hosts = hosts;
    this.out = out;
    this.err = err;
  }

  /** The command as picocli knows it. */
  public CommandSpec spec() {
    CommandHelp.describe(
        spec,
        "demo",
        "Show the whole thing on this machine; nothing else is needed.",
        "A spoken programme is published as a live stream; MediaMTX's hook tells the orchestrator,"
            + " which starts a worker; that dubs it with the Gemini simulator. Watch and hear both on"
            + " a page of this machine; at the end a table says what was measured. All on loopback.",
        "Examples:",
        "  A minute of it:",
        "    livedub demo",
        "  With everything broken once:",
        "    livedub demo --faults",
        "  Until Ctrl-C, with the page on a port of its own:",
        "    livedub demo --keep --page-port 8090",
        "",
        "Exit codes: 0 every bound held, or ended by a signal before the table, 10 an option is"
            + " wrong, 50 a bound was broken.");
    spec.addOption(
        CommandHelp.option(
            DemoOptions.SECONDS,
            "N",
            "How much is to be on air. Default: 60, with --faults 90, which is the least then."));
    spec.addOption(
        CommandHelp.option(DemoOptions.DELAY, "TIME", "Playout delay, from 5s. Default: 6s."));
    spec.addOption(
        flag(FAULTS, "Break translation, source, destination and worker, one after the other."));
    spec.addOption(flag(KEEP, "Stay on air after the table, until Ctrl-C."));
    spec.addOption(
        CommandHelp.option(
            DemoOptions.PAGE_PORT, "N", "Port of the page on 127.0.0.1. Default: any free one."));
    spec.addOption(
        CommandHelp.option(
            DemoOptions.FOLDER,
            "DIR",
            "Where clips, picture, table and logs go. Default: livedub-demo-TIME in this directory."));
    return spec;
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  @Override
  public Integer call() throws IOException {
    try {
      DemoOptions options = DemoOptions.parse(this::value, isSet(FAULTS), isSet(KEEP));
      return new Demo(options, hosts, out, err).run().code();
    } catch (BadValueException e) {
      err.println("livedub: demo: " + e.expected());
      return ExitCode.CONFIGURATION.code();
    }
  }

  private Optional<String> value(String option) {
    return Optional.ofNullable(
        spec.commandLine().getParseResult().<String>matchedOptionValue(option, null));
  }

  private boolean isSet(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }
}
