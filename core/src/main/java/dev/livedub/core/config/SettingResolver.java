package dev.livedub.core.config;

import dev.livedub.core.config.SettingLayer.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads settings from several places, the first that has one wins, and collects everything that is
 * wrong on the way instead of stopping at the first mistake.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class SettingResolver {

  private final List<SettingLayer> layers;
  private final List<ConfigProblem> problems = new ArrayList<>();

  /**
   * A resolver.
   *
   * @param layers strongest first
   */
  public SettingResolver(List<SettingLayer> layers) {
    this.layers = List.copyOf(layers);
    layers.forEach(layer -> problems.addAll(layer.problems()));
  }

  /** What was given for a setting, by the strongest place that has it. */
  public Optional<Given> given(Setting<?> setting) {
    return layers.stream().flatMap(layer -> layer.find(setting).stream()).findFirst();
  }

  /** The value given; empty if none was, or if it is wrong, which is then on record. */
  public <T> Optional<T> find(Setting<T> setting) {
    Optional<Given> given = given(setting);
    if (given.isPresent() && given.get().texts().size() != 1) {
      add(setting, given.get(), String.join(" ", given.get().texts()), "one value");
      return Optional.empty();
    }
    return given.flatMap(found -> parse(setting, found, found.texts().get(0)));
  }

  /** The value given, or the default; empty if what was given is wrong. */
  public <T> Optional<T> findOrDefault(Setting<T> setting) {
    return given(setting).isPresent()
        ? find(setting)
        : Optional.of(setting.parse(setting.defaultText()));
  }

  /** The values given for a list; those that are wrong are left out and on record. */
  public <T> List<T> findAll(Setting<T> setting) {
    List<T> values = new ArrayList<>();
    given(setting)
        .ifPresent(
            given ->
                given.texts().forEach(text -> parse(setting, given, text).ifPresent(values::add)));
    return values;
  }

  /** Puts a problem on record that only several settings together reveal. */
  public void add(Setting<?> setting, String value, String expected) {
    String origin = given(setting).map(Given::origin).orElse("not set");
    problems.add(new ConfigProblem(setting.key(), origin, value, expected));
  }

  /** Puts a problem on record. */
  public void add(ConfigProblem problem) {
    problems.add(problem);
  }

  /** Whether anything is on record. */
  public boolean isWrong() {
    return !problems.isEmpty();
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigException if anything is on record
   */
  public void throwIfWrong() throws ConfigException {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private <T> Optional<T> parse(Setting<T> setting, Given given, String text) {
    try {
      return Optional.of(setting.parse(text));
    } catch (BadValueException e) {
      add(setting, given, text, e.expected());
      return Optional.empty();
    }
  }

  private void add(Setting<?> setting, Given given, String value, String expected) {
    problems.add(
        new ConfigProblem(
            setting.key(), given.origin(), value.isBlank() ? "(empty)" : value, expected));
  }
}
