package dev.livedub.cli.serve;

import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.Setting;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingLayer.Given;
import dev.livedub.core.config.SettingResolver;
import dev.livedub.core.config.TranslatorChoice;
import dev.livedub.orchestrator.config.EgressTarget;
import dev.livedub.orchestrator.config.StreamPlans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Works out what every rule comes to, so that a mistake shows when the orchestrator starts and not
 * when the stream does.
 *
 * <p><b>Threading:</b> one thread; used once.
 */
final class PlansReader {

  /** Stands for what is only known once a stream is there. */
  private static final SettingLayer ANY_STREAM =
      new SettingLayer(
          Map.of(
              DubSettings.STREAM_ID_SETTING.key(), fixed("any"),
              DubSettings.INPUT.key(), fixed("rtsp://mediamtx:8554/live/any/in"),
              DubSettings.OUTPUT.key(), fixed("rtmp://mediamtx:1935/live/any/out")),
          List.of());

  private static final Glob EVERY = new Glob("*");

  private final List<SettingLayer> layers;
  private final TranslatorChoice translators;
  private final Set<ConfigProblem> problems = new LinkedHashSet<>();

  /**
   * A reader.
   *
   * @param layers flags, environment, file; strongest first
   */
  PlansReader(List<SettingLayer> layers, TranslatorChoice translators) {
    this.layers = layers.stream().map(PlansReader::ofStreams).toList();
    this.translators = translators;
  }

  /** The plans; empty if anything is wrong, which is then on record. */
  Optional<StreamPlans> read(List<StreamRule> rules) {
    Optional<ConfiguredPlans.Template> others = template(EVERY, SettingLayer.EMPTY, List.of());
    List<ConfiguredPlans.Template> templates = new ArrayList<>();
    for (StreamRule rule : rules) {
      template(rule.match(), rule.settings(), rule.egress()).ifPresent(templates::add);
    }
    return problems.isEmpty()
        ? Optional.of(new ConfiguredPlans(templates, others.orElseThrow(), translators.gemini()))
        : Optional.empty();
  }

  /** Everything wrong, each thing once, however many streams it is wrong for. */
  List<ConfigProblem> problems() {
    return List.copyOf(problems);
  }

  private Optional<ConfiguredPlans.Template> template(
      Glob match, SettingLayer rule, List<EgressTarget> egress) {
    List<SettingLayer> strongestFirst = new ArrayList<>(List.of(ANY_STREAM, rule));
    strongestFirst.addAll(layers);
    SettingResolver from = new SettingResolver(strongestFirst);
    Optional<DubConfig> dub = DubSettings.read(from, translators);
    try {
      from.throwIfWrong();
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
    return dub.map(config -> new ConfiguredPlans.Template(match, config, egress));
  }

  /** What a place says about streams; its problems are on another record. */
  private static SettingLayer ofStreams(SettingLayer layer) {
    Map<String, Given> values = new HashMap<>(layer.values());
    values.keySet().retainAll(ServeSettings.ofStreams().stream().map(Setting::key).toList());
    return new SettingLayer(values, List.of());
  }

  private static Given fixed(String text) {
    return new Given(List.of(text), "");
  }
}
