package dev.livedub.cli.serve;

import dev.livedub.cli.config.EnvironmentLayer;
import dev.livedub.cli.config.LogFormat;
import dev.livedub.cli.config.ProcessSettings;
import dev.livedub.cli.config.TranslatorDefault;
import dev.livedub.cli.config.YamlFile;
import dev.livedub.cli.config.YamlLayer;
import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingResolver;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.config.MediaMtxConfig;
import dev.livedub.orchestrator.config.ServeConfig;
import dev.livedub.orchestrator.config.StreamPlans;
import dev.livedub.orchestrator.config.WorkersConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything {@code livedub serve} was asked to do, checked.
 *
 * @param warnings what is not wrong but should be looked at, a line each, without secrets
 */
public record ServeOptions(ServeConfig config, LogFormat logFormat, List<String> warnings) {

  public ServeOptions {
    warnings = List.copyOf(warnings);
  }

  /**
   * Puts flags, environment, file and defaults together, the first that speaks wins; reads the
   * secrets and works out every rule for streams.
   *
   * @param available translators this program has
   * @param gemini what is known of the way to Gemini
   * @throws ConfigException with everything that is wrong
   */
  public static ServeOptions resolve(
      SettingLayer flags,
      Map<String, String> environment,
      List<TranslatorKind> available,
      GeminiAccess gemini)
      throws ConfigException {
    List<String> warnings = new ArrayList<>();
    List<StreamRule> rules = new ArrayList<>();
    SettingLayer variables = EnvironmentLayer.read(environment, ServeSettings.all());
    SettingLayer file =
        YamlLayer.named(flags, variables)
            .map(named -> read(named, rules, warnings))
            .orElse(SettingLayer.EMPTY);
    List<SettingLayer> layers = List.of(flags, variables, file);
    SettingResolver from = new SettingResolver(layers);
    OrchestratorReader orchestrator = new OrchestratorReader(from, environment, warnings);
    Optional<HttpConfig> http = orchestrator.http();
    Optional<MediaMtxConfig> mediamtx = orchestrator.mediamtx();
    Optional<WorkersConfig> workers = orchestrator.workers();
    Optional<LogFormat> logFormat = from.findOrDefault(ProcessSettings.LOG_FORMAT);
    PlansReader plansReader =
        new PlansReader(layers, TranslatorDefault.choice(environment, available, gemini));
    Optional<StreamPlans> plans = plansReader.read(rules);
    plansReader.problems().forEach(from::add);
    from.throwIfWrong();
    return new ServeOptions(
        new ServeConfig(
            http.orElseThrow(), mediamtx.orElseThrow(), workers.orElseThrow(), plans.orElseThrow()),
        logFormat.orElseThrow(),
        warnings);
  }

  private static SettingLayer read(YamlFile file, List<StreamRule> rules, List<String> warnings) {
    StreamRulesReader streams = new StreamRulesReader(file, warnings);
    SettingLayer layer =
        YamlLayer.read(
            file,
            ServeSettings.sections(),
            Map.of(
                StreamRulesReader.SECTION,
                node -> streams.read(node),
                YamlLayer.FORWARD,
                node -> {}));
    rules.addAll(streams.rules());
    return layer;
  }
}
