package dev.livedub.cli.dub;

import dev.livedub.cli.captions.CaptionWriter;
import dev.livedub.cli.config.DubOptions;
import dev.livedub.cli.config.FlagLayer;
import dev.livedub.cli.config.ProcessSettings;
import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.worker.MeterSink;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code livedub dub}: reads the configuration, sets up log and metrics, runs one worker.
 *
 * <p><b>Threading:</b> called once, by the main thread.
 */
public final class DubCommand implements Callable<Integer> {

  private final DubPorts ports;
  private final Map<String, String> environment;
  private final CommandFrame frame;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /** A command that is not part of a command line yet. */
  public DubCommand(DubPorts ports, Map<String, String> environment, PrintStream err) {
    this.ports = ports;
    this.environment = environment;
    this.frame = new CommandFrame(err);
  }

  /** The command as picocli knows it. */
  public CommandSpec spec() {
    DubHelp.describe(spec);
    FlagLayer.declare(spec, ProcessSettings.all());
    return spec;
  }

  @Override
  public Integer call() {
    SettingLayer flags = FlagLayer.read(spec.commandLine().getParseResult(), ProcessSettings.all());
    DubOptions options;
    try {
      options = DubOptions.resolve(flags, environment, ports.available(), ports.gemini());
    } catch (ConfigException e) {
      return frame.refuse(e.problems());
    }
    return options.metricsPort().isPresent()
        ? runMeasured(options)
        : run(options, MeterSink.NONE, -1);
  }

  private int runMeasured(DubOptions options) {
    int wanted = options.metricsPort().orElseThrow();
    try (DubPorts.Metrics metrics = ports.metrics().start(options.metricsAddr(), wanted)) {
      return run(options, metrics.sinkOf(options.dub().streamId()), metrics.port());
    } catch (IOException e) {
      return frame.refuseMetrics(options.metricsAddr(), wanted, e);
    }
  }

  private int run(DubOptions options, MeterSink meters, int metricsPort) {
    return frame.run(
        options.logFormat(),
        options.dub().streamId(),
        (logging, hook) -> {
          try {
            if (metricsPort >= 0) {
              CommandFrame.logMetrics(options.metricsAddr(), metricsPort);
            }
            return dub(options, meters, new DubRun(ports, logging, hook::watch));
          } finally {
            ports.end().run();
          }
        });
  }

  private int dub(DubOptions options, MeterSink meters, DubRun run) {
    DubConfig config = options.dub();
    if (config.captions().isEmpty()) {
      return run.run(options, meters, CaptionListener.NONE).code().code();
    }
    String languageTag = config.targetLang().orElse("und");
    try (CaptionWriter captions =
        CaptionWriter.open(config.captions(), languageTag, config.streamId(), meters)) {
      return run.run(options, meters, captions).code().code();
    } catch (IOException e) {
      return frame.refuse(
          List.of(
              new ConfigProblem(
                  DubSettings.CAPTIONS.key(),
                  "captions",
                  String.join(" ", config.captions()),
                  "files this user may write; " + e)));
    }
  }
}
