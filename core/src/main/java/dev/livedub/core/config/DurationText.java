package dev.livedub.core.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 6s}, {@code 1.5s}, {@code 1m30s}. */
public final class DurationText {

  private static final Pattern WHOLE =
      Pattern.compile("(?:[0-9]{1,12}(?:\\.[0-9]{1,9})?(?:ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("([0-9.]+)(ms|s|m|h)");
  private static final Map<String, Long> UNIT_NANOS =
      Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);
  private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @throws BadValueException if the text is not one
   */
  public static Duration parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new BadValueException("a duration with its unit, such as 250ms, 6s or 1m30s");
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long unitNanos = UNIT_NANOS.getOrDefault(part.group(2), 0L);
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unitNanos)));
    }
    return Duration.ofNanos(nanos.min(MAX_NANOS).longValue());
  }

  /**
   * Reads a duration within bounds, both inclusive.
   *
   * @throws BadValueException if the text is not one, or lies outside
   */
  public static Duration parseWithin(String text, Duration least, Duration most) {
    String expected = "a duration from " + format(least) + " to " + format(most);
    Duration value;
    try {
      value = parse(text);
    } catch (BadValueException e) {
      throw new BadValueException(expected + ", with its unit (ms, s, m or h)");
    }
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new BadValueException(expected);
    }
    return value;
  }

  /** The shortest exact way to write a duration of whole milliseconds. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0 || seconds == 60) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }
}
