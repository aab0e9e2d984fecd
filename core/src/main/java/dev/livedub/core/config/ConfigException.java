package dev.livedub.core.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class ConfigException extends Exception {

  private final List<ConfigProblem> problems;

  /**
   * A refusal.
   *
   * @param problems at least one
   */
  @SuppressWarnings("serial") // never serialised
  public ConfigException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::line).collect(Collectors.joining("; ")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a refusal needs a problem");
    }
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong, in the order of the list of settings. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
