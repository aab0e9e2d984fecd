package dev.livedub.cli.config;

import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingLayer.Given;
import dev.livedub.core.config.SettingResolver;
import dev.livedub.core.config.TranslatorChoice;
import dev.livedub.core.config.TranslatorKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything one run of the command {@code dub} was asked to do, checked.
 *
 * @param metricsPort where metrics are served; empty if they are not
 * @param metricsAddr host they are served on
 */
public record DubOptions(
    DubConfig dub, OptionalInt metricsPort, String metricsAddr, LogFormat logFormat) {

  private static final List<String> KEY_VARIABLES = List.of("GEMINI_API_KEY", "GOOGLE_API_KEY");

  /**
   * Puts flags, environment, file and defaults together, the first that speaks wins.
   *
   * @param available translators this program has
   * @param gemini what is known of the way to Gemini
   * @throws ConfigException with everything that is wrong
   */
  public static DubOptions resolve(
      SettingLayer flags,
      Map<String, String> environment,
      List<TranslatorKind> available,
      GeminiAccess gemini)
      throws ConfigException {
    SettingLayer variables = EnvironmentLayer.read(environment, ProcessSettings.all());
    SettingLayer file = file(flags, variables);
    SettingResolver from = new SettingResolver(List.of(flags, variables, file));
    Optional<DubConfig> dub = DubSettings.read(from, translators(environment, available, gemini));
    OutputPreflight.check(from);
    Optional<Integer> metricsPort = from.find(ProcessSettings.METRICS_PORT);
    Optional<String> metricsAddr = from.findOrDefault(ProcessSettings.METRICS_ADDR);
    Optional<LogFormat> logFormat = from.findOrDefault(ProcessSettings.LOG_FORMAT);
    from.throwIfWrong();
    return new DubOptions(
        dub.orElseThrow(),
        metricsPort.map(OptionalInt::of).orElseGet(OptionalInt::empty),
        metricsAddr.orElseThrow(),
        logFormat.orElseThrow());
  }

  private static TranslatorChoice translators(
      Map<String, String> environment, List<TranslatorKind> available, GeminiAccess gemini) {
    Optional<String> key =
        KEY_VARIABLES.stream()
            .filter(name -> !environment.getOrDefault(name, "").isBlank())
            .findFirst();
    return new TranslatorChoice(
        available,
        key.isPresent() ? TranslatorKind.GEMINI : TranslatorKind.PASSTHROUGH,
        key.map(name -> "default, as " + name + " is set").orElse("default"),
        gemini);
  }

  private static SettingLayer file(SettingLayer flags, SettingLayer variables) {
    Optional<Given> given =
        new SettingResolver(List.of(flags, variables)).given(ProcessSettings.CONFIG);
    if (given.isEmpty()) {
      return SettingLayer.EMPTY;
    }
    String name = given.get().texts().get(0);
    String origin = given.get().origin();
    try {
      return YamlLayer.read(Path.of(name), origin, ProcessSettings.inFile());
    } catch (InvalidPathException e) {
      ConfigProblem problem =
          new ConfigProblem(ProcessSettings.CONFIG.key(), origin, name, "a valid file name");
      return new SettingLayer(Map.of(), List.of(problem));
    }
  }
}
