package dev.livedub.cli.doctor;

import dev.livedub.cli.command.CommandHelp;
import dev.livedub.cli.config.EnvironmentLayer;
import dev.livedub.cli.config.FlagLayer;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.GeminiConfig;
import dev.livedub.core.config.SettingResolver;
import dev.livedub.core.time.Ticker;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.gemini.config.LanguageCodes;
import dev.livedub.gemini.config.ModelName;
import dev.livedub.gemini.config.ServiceAccess;
import dev.livedub.gemini.config.SessionSettings;
import dev.livedub.gemini.session.LiveClient;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code livedub doctor}: tries what livedub depends on, and says what it saw and what to do.
 *
 * <p><b>Threading:</b> called once, by the main thread.
 */
public final class DoctorCommand implements Callable<Integer> {

  /** A translation comes 4 s after the sentence; a service that is slow today may take longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /** A command that is not part of a command line yet. */
  public DoctorCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
  }

  /** The command as picocli knows it. */
  public CommandSpec spec() {
    CommandHelp.describe(
        spec,
        "doctor",
        "Try what livedub depends on, and say what to do where it is not well.",
        "With --gemini: opens a real session, says \""
            + TestSpeech.WORDS
            + "\", and waits for the translation. It costs less than a cent.",
        "Exit codes: 0 all is well, 2 nothing to try was named, 10 something has to be set right"
            + " (key, quota, model, language, option), 40 it may work later.");
    FlagLayer.declare(spec, DoctorSettings.flags());
    return spec;
  }

  @Override
  public Integer call() throws InterruptedException {
    SettingResolver given =
        new SettingResolver(
            List.of(
                FlagLayer.read(spec.commandLine().getParseResult(), DoctorSettings.flags()),
                EnvironmentLayer.read(environment, DoctorSettings.variables())));
    if (!given.findOrDefault(DoctorSettings.GEMINI).orElse(true)) {
      err.println("livedub: doctor: nothing to try was named; give --gemini");
      return ExitCode.USAGE.code();
    }
    GeminiConfig config = DoctorSettings.gemini(given);
    String language = language(given);
    Optional<ServiceAccess> access = given.isWrong() ? Optional.empty() : access(given, config);
    try {
      given.throwIfWrong();
    } catch (ConfigException e) {
      e.problems().forEach(problem -> err.println("livedub: " + problem.line()));
      return ExitCode.CONFIGURATION.code();
    }
    return tryOut(access.orElseThrow(), SessionSettings.of(config.model(), language));
  }

  private Optional<ServiceAccess> access(SettingResolver given, GeminiConfig config) {
    try {
      ModelName.check(config.model());
      return Optional.of(ServiceAccess.find(config, environment));
    } catch (BadValueException e) {
      given.add(ConfigProblem.missing("gemini", "environment", e.expected()));
      return Optional.empty();
    }
  }

  private static String language(SettingResolver given) {
    String tag = given.findOrDefault(DubSettings.TARGET_LANG).orElse("");
    if (!tag.isEmpty()) {
      try {
        return LanguageCodes.resolve(tag);
      } catch (BadValueException e) {
        given.add(DubSettings.TARGET_LANG, tag, e.expected());
      }
    }
    return tag;
  }

  private int tryOut(ServiceAccess access, SessionSettings settings) throws InterruptedException {
    out.println(
        "Gemini Live at "
            + access.url().host()
            + ", model "
            + settings.model()
            + ", into "
            + settings.targetLanguage());
    Sighting seen;
    try (LiveClient client = new LiveClient()) {
      seen =
          new TrialSession(
                  client.sessions(access, settings).create(Optional.empty()), Ticker.SYSTEM)
              .run(new TestSpeech(), PATIENCE);
    }
    List<Diagnosis> lines = GeminiFindings.of(seen);
    lines.forEach(line -> out.println(line.line()));
    return GeminiFindings.exitCode(lines, seen).code();
  }
}
