package dev.livedub.cli.worker;

import dev.livedub.cli.command.CommandHelp;
import dev.livedub.cli.config.LogFormat;
import dev.livedub.cli.config.ProcessSettings;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.worker.HostLimits;
import dev.livedub.orchestrator.worker.WorkerProcess;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code livedub worker}: one worker in a process of its own, started by {@code livedub serve} and
 * by nobody else. What it is to do comes from the orchestrator's socket, so that nothing of it is
 * on the command line.
 *
 * <p><b>Threading:</b> called once, by the main thread.
 */
public final class WorkerCommand implements Callable<Integer> {

  /** Its name on the command line. */
  public static final String NAME = "worker";

  private static final String STATE_DIR = "--state-dir";
  private static final String TASK = "--task";
  private static final String LOG_FORMAT = "--log-format";
  private static final String REHEARSE = "--rehearse";

  private final WorkerPorts ports;
  private final PrintStream err;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /** A command that is not part of a command line yet. */
  public WorkerCommand(WorkerPorts ports, PrintStream err) {
    this.ports = ports;
    this.err = err;
  }

  /** The command as picocli knows it. */
  public CommandSpec spec() {
    CommandHelp.describe(
        spec, NAME, "Run one worker of livedub serve.", "Started by livedub serve itself.");
    spec.addOption(CommandHelp.option(STATE_DIR, "DIR", "The orchestrator's state directory."));
    spec.addOption(CommandHelp.option(TASK, "LEASE", "Name of the task's lease."));
    spec.addOption(CommandHelp.option(LOG_FORMAT, "FORMAT", "How log lines look."));
    spec.addOption(
        OptionSpec.builder(REHEARSE)
            .type(boolean.class)
            .arity("0")
            .description("Load what a worker loads, and end.")
            .build());
    return spec;
  }

  @Override
  public Integer call() {
    ParseResult parsed = spec.commandLine().getParseResult();
    LogFormat format =
        ProcessSettings.LOG_FORMAT.parse(
            value(parsed, LOG_FORMAT).orElse(ProcessSettings.LOG_FORMAT.defaultText()));
    if (parsed.hasMatchedOption(REHEARSE)) {
      return new WorkerRehearsal(ports, format).play();
    }
    WorkerTask task =
        WorkerTask.ofLease(required(parsed, TASK))
            .orElseThrow(() -> new ParameterException(spec.commandLine(), "no lease's name"));
    return run(Path.of(required(parsed, STATE_DIR)), task, format);
  }

  private int run(Path stateDir, WorkerTask task, LogFormat format) {
    OutputStream log = err;
    WorkerLog logging = new WorkerLog(format, task.streamId(), log);
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

  private String required(ParseResult parsed, String option) {
    return value(parsed, option)
        .orElseThrow(() -> new ParameterException(spec.commandLine(), option + " is missing"));
  }

  private static Optional<String> value(ParseResult parsed, String option) {
    @Nullable String text = parsed.matchedOptionValue(option, null);
    return Optional.ofNullable(text);
  }
}
