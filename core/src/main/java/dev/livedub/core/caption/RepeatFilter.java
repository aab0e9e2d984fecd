package dev.livedub.core.caption;

/**
 * Takes out of a fragment of transcript what was said before.
 *
 * <p>Fragments append to each other. A session that went bad repeats them instead: the same twice,
 * or each with everything before it. A true fragment brings its leading space with it, a repeat of
 * all that came before begins as that began; short words may be repeated by a speaker, a long
 * stretch of text is not.
 *
 * <p><b>Threading:</b> none; its owner locks.
 */
final class RepeatFilter {

  /** So many characters are not said twice by chance. */
  static final int CERTAIN_CHARS = 16;

  /** Where a space should stand before it and none does, that much is enough. */
  static final int LIKELY_CHARS = 4;

  /** Nor does a fragment often begin with all of the one before, if that was so long. */
  static final int PHRASE_CHARS = 9;

  /** Fragments come about 1 s apart; the same one again within this is its double. */
  static final long DOUBLE_MICROS = 500_000;

  private static final int MEMORY_CHARS = 1_000;

  private final StringBuilder said = new StringBuilder();
  private String last = "";
  private long lastMicros;

  /**
   * What is new in a fragment; empty if nothing is.
   *
   * @param nowMicros when it came
   */
  String newPartOf(String fragment, long nowMicros) {
    boolean isDouble = fragment.equals(last) && nowMicros - lastMicros <= DOUBLE_MICROS;
    int repeated = isDouble ? fragment.length() : repeatedChars(fragment);
    last = fragment;
    lastMicros = nowMicros;
    String fresh = fragment.substring(repeated);
    said.append(fresh);
    if (said.length() > MEMORY_CHARS) {
      said.delete(0, said.length() - MEMORY_CHARS);
    }
    return fresh;
  }

  /** Forgets all: what comes now belongs to something else that is said. */
  void forget() {
    said.setLength(0);
    last = "";
  }

  private int repeatedChars(String fragment) {
    boolean goesOn = fragment.length() > last.length() && fragment.startsWith(last);
    if (goesOn && last.length() >= PHRASE_CHARS) {
      return last.length();
    }
    String known = said.toString();
    int lead = leadingSpaces(fragment);
    String bare = fragment.substring(lead);
    String all = known.strip();
    boolean lacksSpace = lead == 0 && !bare.isEmpty() && !Scripts.isSpaceless(bare.codePointAt(0));
    int least = lacksSpace ? LIKELY_CHARS : CERTAIN_CHARS;
    if (all.length() >= least && bare.startsWith(all)) {
      return lead + all.length();
    }
    if (bare.length() >= least && all.startsWith(bare)) {
      return fragment.length();
    }
    int overlap = overlap(known, bare);
    return overlap >= CERTAIN_CHARS ? lead + overlap : 0;
  }

  /** Length of the longest end of one text with which the other begins. */
  private static int overlap(String known, String bare) {
    for (int length = Math.min(known.length(), bare.length()); length > 0; length--) {
      if (known.regionMatches(known.length() - length, bare, 0, length)) {
        return length;
      }
    }
    return 0;
  }

  private static int leadingSpaces(String text) {
    int spaces = 0;
    while (spaces < text.length() && Character.isWhitespace(text.charAt(spaces))) {
      spaces++;
    }
    return spaces;
  }
}
