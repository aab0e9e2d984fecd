package dev.livedub.cli.dub;

import dev.livedub.cli.config.LogFormat;
import dev.livedub.cli.config.ProcessSettings;
import dev.livedub.cli.log.LogIdentity;
import dev.livedub.cli.log.Logging;
import dev.livedub.cli.log.Terminal;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.worker.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands around a command that runs one worker: complaints, the log, the end by a signal.
 *
 * <p><b>Threading:</b> the main thread.
 */
public final class CommandFrame {

  private static final Logger LOG = LoggerFactory.getLogger(CommandFrame.class);

  private final PrintStream err;

  /** What is run inside. */
  @FunctionalInterface
  public interface Body {

    /**
     * Runs a worker to its end.
     *
     * @param hook is to be told of the worker
     * @return what the process ends with
     */
    int run(Logging logging, StopHook hook);
  }

  /** A frame that complains and logs there. */
  public CommandFrame(PrintStream err) {
    this.err = err;
  }

  /** Says what cannot be used, a line each; returns what the process ends with. */
  public int refuse(List<ConfigProblem> problems) {
    problems.forEach(problem -> err.println("livedub: " + problem.line()));
    return ExitCode.CONFIGURATION.code();
  }

  /** Says that measurements cannot be served at an address. */
  public int refuseMetrics(String host, int port, IOException why) {
    return refuse(
        List.of(
            new ConfigProblem(
                ProcessSettings.METRICS_PORT.key(),
                "metrics-addr:port",
                host + ":" + port,
                "an address this process may listen on; " + why.getMessage())));
  }

  /** Logs that measurements are served. */
  public static void logMetrics(String host, int port) {
    LOG.atInfo()
        .addKeyValue("event", "metrics_listening")
        .addKeyValue("host", host)
        .addKeyValue("port", port)
        .log("serving metrics");
  }

  /** Runs something with a log, which is whole when the process ends, however it ends. */
  public int run(LogFormat format, String streamId, Body body) {
    LogIdentity identity = LogIdentity.ofRun(streamId);
    Logging logging = Logging.start(format, identity, err, Terminal.watchesStandardError());
    int code = ExitCode.INTERNAL.code();
    StopHook hook = new StopHook(logging);
    try {
      code = body.run(logging, hook);
    } catch (RuntimeException | LinkageError e) {
      LOG.atError().addKeyValue("event", "internal_error").setCause(e).log("a fault of livedub");
    } finally {
      logging.close();
      hook.finished(code);
    }
    return code;
  }
}
