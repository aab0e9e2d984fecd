package dev.livedub.cli.forward;

import dev.livedub.cli.config.FlagLayer;
import dev.livedub.cli.config.ForwardOptions;
import dev.livedub.cli.config.ForwardSettings;
import dev.livedub.cli.dub.CommandFrame;
import dev.livedub.cli.dub.StatusLine;
import dev.livedub.cli.dub.StopHook;
import dev.livedub.cli.log.Logging;
import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.log.MaskedUrl;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code livedub forward}: reads the configuration, sets up log and metrics, runs one worker that
 * only copies.
 *
 * <p><b>Threading:</b> called once, by the main thread.
 */
public final class ForwardCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(ForwardCommand.class);

  private final ForwardPorts ports;
  private final Map<String, String> environment;
  private final CommandFrame frame;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /** A command that is not part of a command line yet. */
  public ForwardCommand(ForwardPorts ports, Map<String, String> environment, PrintStream err) {
    this.ports = ports;
    this.environment = environment;
    this.frame = new CommandFrame(err);
  }

  /** The command as picocli knows it. */
  public CommandSpec spec() {
    ForwardHelp.describe(spec);
    FlagLayer.declare(spec, ForwardSettings.all());
    return spec;
  }

  @Override
  public Integer call() {
    SettingLayer flags = FlagLayer.read(spec.commandLine().getParseResult(), ForwardSettings.all());
    ForwardOptions options;
    try {
      options = ForwardOptions.resolve(flags, environment);
    } catch (ConfigException e) {
      return frame.refuse(e.problems());
    }
    return options.metricsPort().isPresent() ? runMeasured(options) : run(options, null);
  }

  private int runMeasured(ForwardOptions options) {
    int wanted = options.metricsPort().orElseThrow();
    try (ForwardPorts.Metrics metrics = ports.metrics().start(options.metricsAddr(), wanted)) {
      return run(options, metrics);
    } catch (IOException e) {
      return frame.refuseMetrics(options.metricsAddr(), wanted, e);
    }
  }

  private int run(ForwardOptions options, ForwardPorts.@Nullable Metrics metrics) {
    return frame.run(
        options.logFormat(),
        options.worker().streamId(),
        (logging, hook) -> {
          logStart(options, metrics);
          return forward(options.worker(), metrics, logging, hook).code().code();
        });
  }

  private WorkerExit forward(
      DubConfig config, ForwardPorts.@Nullable Metrics metrics, Logging logging, StopHook hook) {
    MeterSink meters = metrics == null ? MeterSink.NONE : metrics.sinkOf(config.streamId());
    Worker worker = ports.workers().create(config, null, meters);
    hook.watch(worker);
    logging.showStatus(() -> StatusLine.of(worker.status()));
    WorkerExit exit;
    try (DestinationWatch watch =
        DestinationWatch.start(destinations(config, metrics), worker::status)) {
      exit = worker.run();
    }
    logging.hideStatus();
    logEnd(exit, worker.status());
    return exit;
  }

  /** A destination's name is its place in the list: an address may hold a secret. */
  private static List<ForwardPorts.Destination> destinations(
      DubConfig config, ForwardPorts.@Nullable Metrics metrics) {
    return metrics == null
        ? List.of()
        : IntStream.rangeClosed(1, config.outputs().size())
            .mapToObj(place -> metrics.destinationOf(config.streamId(), Integer.toString(place)))
            .toList();
  }

  private static void logStart(ForwardOptions options, ForwardPorts.@Nullable Metrics metrics) {
    if (metrics != null) {
      CommandFrame.logMetrics(options.metricsAddr(), metrics.port());
    }
    LOG.atInfo()
        .addKeyValue("event", "forward_started")
        .addKeyValue("input", MaskedUrl.of(options.worker().input()))
        .addKeyValue(
            "outputs",
            options.worker().outputs().stream().map(MaskedUrl::of).collect(Collectors.joining(" ")))
        .log("starting");
  }

  private static void logEnd(WorkerExit exit, WorkerStatus status) {
    (exit.code() == ExitCode.CLEAN ? LOG.atInfo() : LOG.atError())
        .addKeyValue("event", "forward_ended")
        .addKeyValue("exitCode", exit.code().code())
        .addKeyValue("onAirSeconds", status.onAirMicros() / 1e6)
        .addKeyValue("inputDiscontinuities", status.inputDiscontinuities())
        .addKeyValue("inputReconnects", status.inputReconnects())
        .log(exit.message());
  }
}
