package dev.livedub.cli.config;

import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingResolver;
import dev.livedub.core.config.TranslatorKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Everything one run of the command {@code dub} was asked to do, checked.
 *
 * @param metricsPort where metrics are served; empty if they are not
 * @param metricsAddr host they are served on
 */
public record DubOptions(
    DubConfig dub, OptionalInt metricsPort, String metricsAddr, LogFormat logFormat) {

  /** Sections that are not looked at. */
  private static final List<String> OTHERS =
      List.of("http", "mediamtx", "workers", "streams", YamlLayer.FORWARD);

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
    Optional<DubConfig> dub =
        DubSettings.read(from, TranslatorDefault.choice(environment, available, gemini));
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

  private static SettingLayer file(SettingLayer flags, SettingLayer variables) {
    FileSection defaults = FileSection.of(YamlLayer.DEFAULTS, ProcessSettings.inFile());
    Map<String, Consumer<Node>> others =
        OTHERS.stream().collect(Collectors.toMap(Function.identity(), name -> node -> {}));
    return YamlLayer.named(flags, variables)
        .map(file -> YamlLayer.read(file, List.of(defaults), others))
        .orElse(SettingLayer.EMPTY);
  }
}
