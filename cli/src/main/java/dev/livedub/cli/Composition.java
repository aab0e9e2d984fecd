package dev.livedub.cli;

import dev.livedub.cli.completion.CompletionCommand;
import dev.livedub.cli.config.LogFormat;
import dev.livedub.cli.demo.DemoCommand;
import dev.livedub.cli.doctor.DoctorCommand;
import dev.livedub.cli.doctor.DoctorPorts;
import dev.livedub.cli.dub.DubCommand;
import dev.livedub.cli.dub.DubPorts;
import dev.livedub.cli.forward.ForwardCommand;
import dev.livedub.cli.forward.ForwardPorts;
import dev.livedub.cli.serve.OrchestratorProcess;
import dev.livedub.cli.serve.ServeCommand;
import dev.livedub.cli.serve.ServeOptions;
import dev.livedub.cli.serve.ServePorts;
import dev.livedub.cli.sim.GeminiSimCommand;
import dev.livedub.cli.sim.UntilSignal;
import dev.livedub.cli.worker.WorkerCommand;
import dev.livedub.cli.worker.WorkerJvm;
import dev.livedub.cli.worker.WorkerPorts;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.translate.PassthroughTranslator;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.gemini.config.ApiKey;
import dev.livedub.gemini.config.LanguageCodes;
import dev.livedub.media.worker.DubWorkerLauncher;
import dev.livedub.orchestrator.config.WorkersConfig;
import dev.livedub.orchestrator.worker.HostLimits;
import dev.livedub.orchestrator.worker.JavaCommand;
import dev.livedub.orchestrator.worker.ProcessWorkers;
import dev.livedub.orchestrator.worker.SharedClasses;
import dev.livedub.orchestrator.worker.StateDir;
import dev.livedub.orchestrator.worker.ThreadWorkers;
import dev.livedub.orchestrator.worker.WorkerMaker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** The one place where the modules are put together. */
final class Composition {

  private Composition() {}

  /** The whole command line. */
  static CommandLine commandLine(
      Map<String, String> environment, PrintStream out, PrintStream err) {
    GeminiTranslators translations = new GeminiTranslators(environment);
    DubPorts ports =
        new DubPorts(
            new DubWorkerLauncher(),
            translators(translations),
            gemini(environment),
            ServedMetrics::start,
            translations::close);
    DubCommand dub = new DubCommand(ports, environment, err);
    ForwardCommand forward =
        new ForwardCommand(
            new ForwardPorts(new DubWorkerLauncher(), ServedMetrics::start), environment, err);
    ServeCommand serve =
        new ServeCommand(
            new ServePorts(
                ports.available(),
                ports.gemini(),
                new OrchestratorProcess(
                    (options, state) ->
                        workerHost(
                            options,
                            state,
                            new WorkerMaker(ports.workers(), ports.translators())))),
            environment,
            err);
    DemoCommand demo = new DemoCommand(Composition::demoHost, out, err);
    DoctorCommand doctor =
        new DoctorCommand(
            new DoctorPorts(
                CommandTree.version(), ports.available(), ports.gemini().targetLanguage()),
            environment,
            out,
            err);
    GeminiSimCommand geminiSim = new GeminiSimCommand(new UntilSignal(), out, err);
    return CommandTree.of(
        List.of(
            dub.spec(),
            serve.spec(),
            forward.spec(),
            demo.spec(),
            doctor.spec(),
            geminiSim.spec(),
            new CompletionCommand(out, err).spec()),
        out,
        err);
  }

  /**
   * The command that the orchestrator starts for each worker: apart from the others, whom it is
   * hidden from, so that a worker's process need not load them.
   */
  static WorkerCommand worker(Map<String, String> environment, PrintStream err) {
    GeminiTranslators translations = new GeminiTranslators(environment);
    GeminiTranslators rehearsed = new GeminiTranslators(Map.of("GEMINI_API_KEY", "rehearsal"));
    WorkerPorts ports =
        new WorkerPorts(
            new WorkerMaker(new DubWorkerLauncher(), translators(translations)),
            new WorkerMaker(new DubWorkerLauncher(), translators(rehearsed)),
            translations::close);
    return new WorkerCommand(ports, err);
  }

  private static WorkerHost workerHost(ServeOptions options, StateDir state, WorkerMaker maker)
      throws IOException {
    if (options.config().workers().mode() == WorkersConfig.Mode.THREAD) {
      return new ThreadWorkers(state, maker, HostLimits.DEFAULTS);
    }
    JavaCommand command = WorkerJvm.command(options.logFormat());
    SharedClasses shared = WorkerJvm.sharedClasses(state, command);
    shared.prepare();
    return new ProcessWorkers(state, command, shared::options, HostLimits.DEFAULTS);
  }

  /** Without an archive of classes: it would take longer to make than the demonstration lasts. */
  private static WorkerHost demoHost(StateDir state, Path log) throws IOException {
    JavaCommand command = WorkerJvm.command(LogFormat.TEXT).withLog(log);
    return new ProcessWorkers(state, command, List::of, HostLimits.DEFAULTS);
  }

  private static GeminiAccess gemini(Map<String, String> environment) {
    Optional<String> missing = Optional.empty();
    try {
      if (ApiKey.find(environment).isEmpty()) {
        missing = Optional.of(ApiKey.EXPECTED);
      }
    } catch (BadValueException e) {
      missing = Optional.of(e.expected());
    }
    return new GeminiAccess(missing, LanguageCodes::resolve);
  }

  private static Map<TranslatorKind, TranslatorFactory> translators(GeminiTranslators gemini) {
    return Map.of(
        TranslatorKind.GEMINI, gemini,
        TranslatorKind.PASSTHROUGH, (config, meters) -> new PassthroughTranslator(),
        TranslatorKind.TONE, (config, meters) -> new ToneTranslator());
  }
}
