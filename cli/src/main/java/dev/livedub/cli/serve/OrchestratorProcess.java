package dev.livedub.cli.serve;

import dev.livedub.cli.log.Logging;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.orchestrator.Orchestrator;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.api.StreamView;
import dev.livedub.orchestrator.api.Streams;
import dev.livedub.orchestrator.config.ServeConfig;
import dev.livedub.orchestrator.config.WorkersConfig;
import dev.livedub.orchestrator.worker.StateDir;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orchestrator as a process: from its state directory to its end by a signal.
 *
 * <p><b>Threading:</b> the main thread.
 */
public final class OrchestratorProcess implements ServePorts.Orchestrator {

  /** Makes the host of the workers. */
  @FunctionalInterface
  public interface HostMaker {
    /**
     * A host that works in a directory.
     *
     * @throws IOException if that is not possible
     */
    WorkerHost make(ServeOptions options, StateDir state) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(OrchestratorProcess.class);

  private final HostMaker hosts;

  /** A process that has done nothing yet. */
  public OrchestratorProcess(HostMaker hosts) {
    this.hosts = hosts;
  }

  @Override
  public int serve(ServeOptions options, Logging logging)
      throws IOException, ConfigException, InterruptedException {
    ServeConfig config = options.config();
    try (EndOnSignal signal = new EndOnSignal();
        StateDir state = open(config.workers())) {
      WorkerHost host = hosts.make(options, state);
      // A host that is closed ends its workers: those left on air by an earlier orchestrator are
      // not to go down because this one does not come up.
      Orchestrator orchestrator = Orchestrator.start(config, host);
      try {
        logStart(config, orchestrator);
        logging.showStatus(() -> statusOf(orchestrator.streams()));
        signal.await();
        logging.hideStatus();
        LOG.atInfo().addKeyValue("event", "stop_requested").log("ending by signal");
      } finally {
        orchestrator.close();
        host.close();
        LOG.atInfo().addKeyValue("event", "serve_ended").log("ended");
        logging.close();
      }
    }
    return ExitCode.CLEAN.code();
  }

  private static StateDir open(WorkersConfig workers) throws ConfigException {
    try {
      return StateDir.open(workers.stateDir());
    } catch (BadValueException e) {
      throw new ConfigException(
          List.of(
              new ConfigProblem(
                  ServeSettings.STATE_DIR.key(),
                  "directory of the orchestrator",
                  workers.stateDir().toString(),
                  e.expected())));
    }
  }

  private static void logStart(ServeConfig config, Orchestrator orchestrator) {
    LOG.atInfo()
        .addKeyValue("event", "serve_started")
        .addKeyValue("address", config.http().host())
        .addKeyValue("port", orchestrator.port())
        .addKeyValue("tls", config.http().tls().isPresent())
        .addKeyValue("token", config.http().token().isPresent())
        .addKeyValue("hookSecret", config.http().hookSecret().isPresent())
        .addKeyValue("workerMode", DubSettings.word(config.workers().mode()))
        .addKeyValue("maxWorkers", config.workers().max())
        .addKeyValue("stateDir", config.workers().stateDir().toString())
        .log("serving");
    if (config.http().token().isEmpty() && !isLoopback(config.http().host())) {
      LOG.atWarn()
          .addKeyValue("event", "configuration_warning")
          .log(
              "whoever reaches this machine's port {} can stop and change streams; set --{}, or"
                  + " listen on 127.0.0.1",
              orchestrator.port(),
              ServeSettings.TOKEN_FILE.key());
    }
  }

  private static boolean isLoopback(String host) {
    InetAddress address = new InetSocketAddress(host, 0).getAddress();
    return address != null && address.isLoopbackAddress();
  }

  /** One line for a person: how many streams are in which state. */
  private static String statusOf(Streams streams) {
    Map<StreamState, Long> counts =
        streams.streams().stream()
            .collect(Collectors.groupingBy(StreamView::state, Collectors.counting()));
    return counts.isEmpty()
        ? "serving; no stream yet"
        : "serving; "
            + counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getValue() + " " + each.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
  }
}
