package dev.livedub.cli.serve;

import dev.livedub.cli.command.CommandHelp;
import dev.livedub.cli.config.FlagLayer;
import dev.livedub.cli.log.LogIdentity;
import dev.livedub.cli.log.Logging;
import dev.livedub.cli.log.Terminal;
import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.orchestrator.config.HttpConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code livedub serve}: reads the configuration, sets up the log, runs the orchestrator.
 *
 * <p><b>Threading:</b> called once, by the main thread.
 */
public final class ServeCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  private final ServePorts ports;
  private final Map<String, String> environment;
  private final PrintStream err;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /** A command that is not part of a command line yet. */
  public ServeCommand(ServePorts ports, Map<String, String> environment, PrintStream err) {
    this.ports = ports;
    this.environment = environment;
    this.err = err;
  }

  /** The command as picocli knows it. */
  public CommandSpec spec() {
    CommandHelp.describe(
        spec,
        "serve",
        "Dub every stream that is published to MediaMTX.",
        "MediaMTX's hooks say which streams are there; each gets a worker, and where it is configured"
            + " so, forwarders to other places.",
        "Every option is also an environment variable (--target-lang is LIVEDUB_TARGET_LANG) and a",
        "key of the --config file, which besides holds rules for single streams. Flags beat",
        "variables beat the file. Durations are written 250ms, 6s, 1m30s. The log goes to standard",
        "error.",
        "",
        "Examples:",
        "  Dub into Spanish whatever a MediaMTX on this machine gets:",
        "    livedub serve --target-lang es",
        "  As a file says, with the API on another port and at most ten streams at once:",
        "    livedub serve --config livedub.yaml --http-addr 127.0.0.1:8081 --max-workers 10",
        "  Try everything without a key, with tones, and read the log:",
        "    livedub serve --translator tone --log-format text",
        "",
        "Exit codes: 0 ended by a signal, 2 usage, 10 configuration, 50 internal fault");
    spec.usageMessage().abbreviateSynopsis(true);
    FlagLayer.declare(spec, ServeSettings.all());
    return spec;
  }

  @Override
  public Integer call() throws InterruptedException {
    SettingLayer flags = FlagLayer.read(spec.commandLine().getParseResult(), ServeSettings.all());
    try {
      return run(ServeOptions.resolve(flags, environment, ports.available(), ports.gemini()));
    } catch (ConfigException e) {
      return refuse(e.problems());
    }
  }

  private int run(ServeOptions options) throws ConfigException, InterruptedException {
    try (Logging logging =
        Logging.start(
            options.logFormat(), LogIdentity.ofService(), err, Terminal.watchesStandardError())) {
      options
          .warnings()
          .forEach(
              warning -> LOG.atWarn().addKeyValue("event", "configuration_warning").log(warning));
      return ports.orchestrator().serve(options, logging);
    } catch (IOException e) {
      return refuse(List.of(addressProblem(options.config().http(), e)));
    }
  }

  private static ConfigProblem addressProblem(HttpConfig http, IOException cause) {
    return new ConfigProblem(
        ServeSettings.HTTP_ADDR.key(),
        "address to listen on",
        http.host() + ":" + http.port(),
        "an address this process may listen on; " + cause.getMessage());
  }

  private int refuse(List<ConfigProblem> problems) {
    problems.forEach(problem -> err.println("livedub: " + problem.line()));
    return ExitCode.CONFIGURATION.code();
  }
}
