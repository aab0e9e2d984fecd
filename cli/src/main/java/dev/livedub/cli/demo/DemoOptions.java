package dev.livedub.cli.demo;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DurationText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a demonstration is to be like.
 *
 * @param seconds how much is to be on air
 * @param delay playout delay
 * @param faults whether things are broken on purpose
 * @param keep whether everything stays on air after the table
 * @param pagePort port of the page; 0 for any free one
 * @param folder where the results go; empty for a new one in the working directory
 */
record DemoOptions(
    int seconds,
    Duration delay,
    boolean faults,
    boolean keep,
    int pagePort,
    Optional<Path> folder) {

  static final String SECONDS = "--seconds";
  static final String DELAY = "--delay";
  static final String PAGE_PORT = "--page-port";
  static final String FOLDER = "--folder";

  static final int USUAL_SECONDS = 60;

  /** What all faults and what follows the last of them take. */
  static final int LEAST_SECONDS_WITH_FAULTS = 90;

  /** The first utterances, which meet a translation that is only beginning, are not to be most. */
  private static final int LEAST_SECONDS = 15;

  private static final int MOST_SECONDS = 600;
  private static final int MOST_PORT = 65_535;

  /** A translation comes 3.3 s after its source, give or take half a second. */
  private static final Duration LEAST_DELAY = Duration.ofSeconds(5);

  private static final Duration MOST_DELAY = Duration.ofSeconds(60);

  /**
   * Reads the options.
   *
   * @param value the text of an option; empty if it is not given
   * @throws BadValueException that names the option, its value, and what was expected
   */
  static DemoOptions parse(Function<String, Optional<String>> value, boolean faults, boolean keep) {
    int least = faults ? LEAST_SECONDS_WITH_FAULTS : LEAST_SECONDS;
    String seconds =
        value.apply(SECONDS).orElse("" + (faults ? LEAST_SECONDS_WITH_FAULTS : USUAL_SECONDS));
    return new DemoOptions(
        number(SECONDS, seconds, least, MOST_SECONDS, faults ? " with --faults" : ""),
        delay(value.apply(DELAY).orElse("6s")),
        faults,
        keep,
        number(PAGE_PORT, value.apply(PAGE_PORT).orElse("0"), 0, MOST_PORT, ""),
        value.apply(FOLDER).map(DemoOptions::folder));
  }

  /** Where the results go, if it is to be there. */
  private static Path folder(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw wrong(FOLDER, text, "the name of a folder");
    }
  }

  private static int number(String option, String text, int least, int most, String when) {
    if (text.matches("[0-9]{1,6}")
        && Integer.parseInt(text) >= least
        && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw wrong(option, text, "a number from " + least + " to " + most + when);
  }

  private static Duration delay(String text) {
    try {
      return DurationText.parseWithin(text, LEAST_DELAY, MOST_DELAY);
    } catch (BadValueException e) {
      throw wrong(DELAY, text, e.expected() + ": a translation takes nearly four seconds");
    }
  }

  /** What is wrong with an option. */
  static BadValueException wrong(String option, String text, String expected) {
    return new BadValueException(option + ": expected " + expected + ", not '" + text + "'");
  }
}
