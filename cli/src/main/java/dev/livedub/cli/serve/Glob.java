package dev.livedub.cli.serve;

import dev.livedub.core.config.BadValueException;
import java.util.regex.Pattern;

/**
 * A pattern over names of streams: {@code *} stands for any characters, {@code ?} for one.
 *
 * @param pattern as it is written
 */
record Glob(String pattern) {

  static final String EXPECTED =
      "a pattern of 1 to 64 letters, digits, _ or -, with * for any and ? for one of them";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_*?-]{1,64}");

  /**
   * Reads a pattern.
   *
   * @throws BadValueException if it is none
   */
  static Glob parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new BadValueException(EXPECTED);
    }
    return new Glob(text);
  }

  /** Whether a name fits. Takes time in proportion to both lengths, whatever the stars. */
  boolean matches(String name) {
    int at = 0;
    int next = 0;
    int star = -1;
    int resumeAt = 0;
    while (at < name.length()) {
      if (next < pattern.length() && pattern.charAt(next) == '*') {
        star = next++;
        resumeAt = at;
      } else if (next < pattern.length() && fits(pattern.charAt(next), name.charAt(at))) {
        next++;
        at++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++resumeAt;
      } else {
        return false;
      }
    }
    return pattern.substring(next).chars().allMatch(left -> left == '*');
  }

  private static boolean fits(char wanted, char given) {
    return wanted == '?' || wanted == given;
  }
}
