package dev.livedub.core.config;

import java.time.Duration;

/**
 * The playout delay {@code D}: one length, or a range within which the worker chooses it by how
 * late translations come.
 *
 * @param least floor, at least 0 s
 * @param most ceiling, at least the floor; what waits is bounded by it
 * @param hold how long a delay has to have been longer than needed before it is made shorter
 */
public record PlayoutDelay(Duration least, Duration most, Duration hold) {

  /** Longest delay there can be. */
  public static final Duration LONGEST = Duration.ofSeconds(60);

  /** Usual delay, with which a chosen one begins, too: twice the usual lag of a translation. */
  public static final Duration USUAL = Duration.ofSeconds(6);

  /** Shortest floor: shorter than any translation's lag. */
  static final Duration LEAST_FLOOR = Duration.ofSeconds(2);

  /** Longer than a session of the translator's, so that a lag that grows anew in each is one. */
  static final Duration USUAL_HOLD = Duration.ofMinutes(10);

  static final String EXPECTED =
      "a duration from 0s to 60s, auto, or auto:FROM-TO from 2s to 60s, such as auto:4s-15s";

  private static final String AUTO = "auto";
  private static final PlayoutDelay USUAL_RANGE =
      between(Duration.ofSeconds(4), Duration.ofSeconds(15));

  public PlayoutDelay {
    if (least.isNegative() || most.compareTo(least) < 0 || hold.isNegative()) {
      throw new IllegalArgumentException("delay from " + least + " to " + most + ", hold " + hold);
    }
  }

  /** Always the same. */
  public static PlayoutDelay fixed(Duration delay) {
    return new PlayoutDelay(delay, delay, Duration.ZERO);
  }

  /** Chosen within a range. */
  public static PlayoutDelay between(Duration least, Duration most) {
    return new PlayoutDelay(least, most, USUAL_HOLD);
  }

  /** Whether it never changes. */
  public boolean isFixed() {
    return least.equals(most);
  }

  /** What a run begins with. */
  public Duration first() {
    return clamp(USUAL);
  }

  /** The length within the range that is nearest to this. */
  public Duration clamp(Duration delay) {
    if (delay.compareTo(least) < 0) {
      return least;
    }
    return delay.compareTo(most) > 0 ? most : delay;
  }

  /**
   * Reads {@code 6s}, {@code auto} or {@code auto:4s-15s}.
   *
   * @throws BadValueException if it is none of these, or out of bounds
   */
  public static PlayoutDelay parse(String text) {
    if (text.equals(AUTO)) {
      return USUAL_RANGE;
    }
    try {
      return text.startsWith(AUTO + ":")
          ? range(text.substring(AUTO.length() + 1))
          : fixed(DurationText.parseWithin(text, Duration.ZERO, LONGEST));
    } catch (BadValueException e) {
      throw new BadValueException(EXPECTED);
    }
  }

  private static PlayoutDelay range(String text) {
    String[] bounds = text.split("-", -1);
    if (bounds.length != 2) {
      throw new BadValueException(EXPECTED);
    }
    Duration least = DurationText.parseWithin(bounds[0], LEAST_FLOOR, LONGEST);
    return between(least, DurationText.parseWithin(bounds[1], least.plusSeconds(1), LONGEST));
  }

  /** As it is written in a configuration. */
  public String text() {
    return isFixed()
        ? DurationText.format(least)
        : AUTO + ":" + DurationText.format(least) + "-" + DurationText.format(most);
  }
}
