package dev.livedub.core.caption;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** Finds where sentences end. */
final class SentenceEnds {

  /** End a sentence wherever they stand. */
  private static final String CERTAIN = "。！？｡।॥።។။؟۔։";

  /** End one if a space follows, except after an abbreviation. */
  private static final String LIKELY = ".!?…";

  private static final String CLOSERS = "\"'”’»)]}」』）】》›";

  /** Words whose full stop is part of them. */
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "st", "vs", "sr", "sra", "srta", "dra", "hr", "mme",
          "mlle", "dott", "sig", "nr", "núm", "ca", "approx", "ej", "etc");

  private SentenceEnds() {}

  /**
   * Where the first sentence ends, exclusive, its closing quotes included; empty while that is not
   * certain: what follows may belong to it.
   */
  static OptionalInt first(CharSequence text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (CERTAIN.indexOf(c) >= 0) {
        return OptionalInt.of(afterClosers(text, at + 1));
      }
      if (LIKELY.indexOf(c) >= 0) {
        int end = afterClosers(text, at + 1);
        if (endsAt(text, at, end)) {
          return OptionalInt.of(end);
        }
        at = end - 1;
      }
    }
    return OptionalInt.empty();
  }

  private static boolean endsAt(CharSequence text, int terminator, int end) {
    int next = end;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    if (next == end || next == text.length()) {
      return false;
    }
    boolean hesitates = end - terminator > 1 || text.charAt(terminator) == '…';
    boolean goesOn = hesitates && Character.isLowerCase(Character.codePointAt(text, next));
    return !goesOn && !(text.charAt(terminator) == '.' && isAbbreviation(text, terminator));
  }

  /** A single letter, or one of the list. */
  private static boolean isAbbreviation(CharSequence text, int fullStop) {
    int from = fullStop;
    while (from > 0 && Character.isLetter(text.charAt(from - 1))) {
      from--;
    }
    String word = text.subSequence(from, fullStop).toString();
    return word.length() == 1 || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
  }

  private static int afterClosers(CharSequence text, int from) {
    int at = from;
    while (at < text.length()
        && (CLOSERS.indexOf(text.charAt(at)) >= 0
            || LIKELY.indexOf(text.charAt(at)) >= 0
            || CERTAIN.indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return at;
  }
}
