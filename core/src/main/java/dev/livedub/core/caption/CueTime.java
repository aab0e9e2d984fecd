package dev.livedub.core.caption;

import java.util.Locale;

/** Times of cues as caption files write them. */
public final class CueTime {

  private CueTime() {}

  /**
   * Hours, minutes, seconds and milliseconds.
   *
   * @param decimalMark what stands before the milliseconds
   */
  public static String of(long millis, char decimalMark) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d%c%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1_000 % 60,
        decimalMark,
        millis % 1_000);
  }
}
