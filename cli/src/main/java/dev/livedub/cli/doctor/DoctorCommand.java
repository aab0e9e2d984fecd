package dev.livedub.cli.doctor;

import dev.livedub.cli.command.CommandHelp;
import dev.livedub.cli.command.WaitNote;
import dev.livedub.cli.config.EnvironmentLayer;
import dev.livedub.cli.config.FlagLayer;
import dev.livedub.cli.serve.ServeOptions;
import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingResolver;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.media.ffmpeg.FfmpegBuild;
import dev.livedub.orchestrator.config.ServeConfig;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code livedub doctor}: looks at everything that {@code livedub serve} depends on, tries what can
 * be tried, and says what to do where something is not well. It changes nothing.
 *
 * <p><b>Threading:</b> called once, by the main thread.
 */
public final class DoctorCommand implements Callable<Integer> {

  /** The stream that is asked for; a rule of the file that names it would have to be meant. */
  private static final String STREAM = "doctor";

  private final DoctorPorts ports;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private boolean failed;

  /** A command that is not part of a command line yet. */
  public DoctorCommand(
      DoctorPorts ports, Map<String, String> environment, PrintStream out, PrintStream err) {
    this.ports = ports;
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
  }

  /** The command as picocli knows it. */
  public CommandSpec spec() {
    CommandHelp.describe(
        spec,
        "doctor",
        "Look at what livedub depends on, and say what to do where it is not well.",
        "Takes the options, variables and file of `livedub serve`, and looks at what that would"
            + " use: versions, FFmpeg's libraries, port, MediaMTX with its hooks, clock, state"
            + " directory, key. It changes nothing.",
        "With --gemini: opens a real session, says \""
            + TestSpeech.WORDS
            + "\", and waits for the translation. It costs less than a cent.",
        "",
        "Examples:",
        "  Look at this machine as it is:",
        "    livedub doctor",
        "  At what a service would use, and at Gemini too:",
        "    livedub doctor --gemini --config /etc/livedub/livedub.yaml",
        "",
        "Exit codes: 0 nothing failed, 2 usage, 10 something has to be set right, 40 Gemini may"
            + " work later.");
    spec.usageMessage().abbreviateSynopsis(true);
    FlagLayer.declare(spec, DoctorSettings.all());
    return spec;
  }

  @Override
  public Integer call() throws InterruptedException {
    failed = false;
    SettingLayer flags = FlagLayer.read(spec.commandLine().getParseResult(), DoctorSettings.all());
    SettingLayer variables = EnvironmentLayer.read(environment, DoctorSettings.all());
    ProgramFindings.of(ports.version(), FfmpegBuild::inspect).forEach(this::tell);
    Optional<ServeOptions> options = options(flags);
    tell(ClockFindings.synchronisation());
    if (options.isEmpty()) {
      return ExitCode.CONFIGURATION.code();
    }
    boolean isGiven = isGiven(flags) || isGiven(variables);
    ServeConfig config = options.get().config();
    lookAt(config, isGiven);
    DubConfig dub =
        config
            .plans()
            .planFor(STREAM, "", config.mediamtx().rtsp(), config.mediamtx().rtmp())
            .dub();
    Diagnosis key = KeyFindings.of(dub, environment);
    tell(key);
    boolean isGeminiAsked =
        new SettingResolver(List.of(flags, variables))
            .findOrDefault(DoctorSettings.GEMINI)
            .orElse(false);
    ExitCode gemini = isGeminiAsked ? tryGemini(dub) : ExitCode.CLEAN;
    return (failed ? ExitCode.CONFIGURATION : gemini).code();
  }

  private ExitCode tryGemini(DubConfig dub) throws InterruptedException {
    try (WaitNote note = WaitNote.on("the translation", err)) {
      return new GeminiTrial(environment, this::say).run(dub);
    }
  }

  private void lookAt(ServeConfig config, boolean isGiven) throws InterruptedException {
    try (WaitNote note = WaitNote.on("what listens at the API's address", err)) {
      new ServiceFindings(config.http()).lines().forEach(this::tell);
    }
    try (WaitNote note = WaitNote.on("MediaMTX", err)) {
      new MediaMtxFindings(config.mediamtx(), isGiven).lines().forEach(this::tell);
      Optional<String> api = config.mediamtx().api();
      if (api.isPresent()) {
        ClockFindings.skew(URI.create(api.get()), Clock.systemUTC()).ifPresent(this::tell);
      }
    }
    tell(DiskFindings.of(config.workers().stateDir()));
  }

  /** What serve would use; empty if it would refuse that, which is told. */
  private Optional<ServeOptions> options(SettingLayer flags) {
    try {
      // A key that is missing is a finding of its own.
      GeminiAccess gemini = new GeminiAccess(Optional.empty(), ports.targetLanguage());
      ServeOptions options = ServeOptions.resolve(flags, environment, ports.available(), gemini);
      options
          .warnings()
          .forEach(
              warning -> tell(Diagnosis.warn("configuration", warning, "see docs/options.md")));
      tell(Diagnosis.ok("configuration", "serve would take it"));
      return Optional.of(options);
    } catch (ConfigException e) {
      for (ConfigProblem problem : e.problems()) {
        tell(Diagnosis.fail("configuration", problem.line(), "mend it, then run doctor again"));
      }
      return Optional.empty();
    }
  }

  /** Whether anything but what to try was said. */
  private static boolean isGiven(SettingLayer layer) {
    return layer.values().keySet().stream().anyMatch(key -> !key.equals("gemini"));
  }

  private void tell(Diagnosis diagnosis) {
    failed |= diagnosis.isFail();
    say(diagnosis.text());
  }

  private void say(String line) {
    out.println(line);
  }
}
