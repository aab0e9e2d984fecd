package dev.livedub.cli.pages;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is done with some of the commands.
 *
 * @param pages where they stand
 * @param commands what they are
 */
record Rule(Pattern pages, Pattern commands, Way way) {

  static Rule of(String pages, String commands, Way way) {
    return new Rule(Pattern.compile(pages), Pattern.compile(commands), way);
  }

  boolean fits(PageCommand command) {
    return pages.matcher(command.page()).matches() && commands.matcher(command.text()).matches();
  }

  /** How a command is proven. */
  sealed interface Way permits Runs, Looked {}

  /** What has to be there before a command is run. */
  enum Stage {
    /** Files only. */
    FILES,
    /** Files only, and every server is ended first, for the command is one. */
    ALONE,
    /** The simulator in Gemini's place. */
    SIMULATOR,
    /** MediaMTX, to which nobody publishes. */
    MEDIAMTX,
    /** MediaMTX, with a publisher of the stream that the command names. */
    PUBLISHED,
    /** All of that and {@code livedub serve}, with the stream that the command names on air. */
    ON_AIR
  }

  /**
   * It is run.
   *
   * @param addition what is put behind it
   * @param until what it must write before it is ended; empty if it ends by itself
   * @param exits what it may end with by itself
   * @param shape what its output must contain
   */
  record Runs(Stage stage, String addition, String until, Set<Integer> exits, Pattern shape)
      implements Way {

    static Runs toTheEnd(Stage stage) {
      return new Runs(stage, "", "", Set.of(0), Pattern.compile(""));
    }

    static Runs until(Stage stage, String line) {
      return new Runs(stage, "", line, Set.of(), Pattern.compile(""));
    }

    Runs showing(String regex) {
      return new Runs(stage, addition, until, exits, Pattern.compile(regex));
    }

    Runs with(String words) {
      return new Runs(stage, " " + words, until, exits, shape);
    }

    /** A search, which ends with 1 if there is nothing to be found. */
    Runs orNothingFound() {
      return new Runs(stage, addition, until, Set.of(0, 1), shape);
    }
  }

  /**
   * It is not run but looked at.
   *
   * @param reason why it cannot be run here
   * @param check finds what is wrong with it
   */
  record Looked(String reason, Check check) implements Way {}

  /** Looks at a command. */
  @FunctionalInterface
  interface Check {
    /** What is wrong with it; nothing if all is well. */
    List<String> problems(PageCommand command) throws Exception;
  }
}
