package dev.livedub.core.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one place (flags, environment, file) says about the settings, as text.
 *
 * @param values by key
 * @param problems what is wrong with the place itself, such as keys that do not exist
 */
public record SettingLayer(Map<String, Given> values, List<ConfigProblem> problems) {

  /**
   * A value as it was given.
   *
   * @param texts one text, or several for a {@link Setting.Kind#LIST}
   * @param origin where it was given, for a person
   */
  public record Given(List<String> texts, String origin) {
    public Given {
      texts = List.copyOf(texts);
    }
  }

  /** A place that says nothing. */
  public static final SettingLayer EMPTY = new SettingLayer(Map.of(), List.of());

  public SettingLayer {
    values = Map.copyOf(values);
    problems = List.copyOf(problems);
  }

  /** What it says about a setting. */
  Optional<Given> find(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting.key()));
  }
}
