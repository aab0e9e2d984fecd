package dev.livedub.gemini.protocol;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as the service writes them: {@code "50s"}, {@code "9.95s"}. */
final class ProtoDuration {

  private static final Pattern SHAPE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?s");

  private ProtoDuration() {}

  /** Reads one; empty if it is none. */
  static Optional<Duration> parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
    return Optional.of(Duration.ofNanos(seconds.movePointRight(9).longValue()));
  }
}
