package dev.livedub.core.caption;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** What has to be known of writing systems to cut text: who sets spaces, and who is wide. */
final class Scripts {

  private static final Set<UnicodeScript> SPACELESS =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private static final Set<UnicodeScript> WIDE =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);

  private Scripts() {}

  /** Whether the script of this character sets no spaces between words. */
  static boolean isSpaceless(int codePoint) {
    return SPACELESS.contains(UnicodeScript.of(codePoint)) || isCjkPunctuation(codePoint);
  }

  /** Columns that a text takes on a screen: two for a wide character, none for a mark on one. */
  static int columns(String text) {
    return text.codePoints().map(Scripts::columns).sum();
  }

  private static int columns(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        WIDE.contains(UnicodeScript.of(codePoint))
            || isCjkPunctuation(codePoint)
            || codePoint >= 0x1F300;
    return wide ? 2 : 1;
  }

  /** CJK symbols and punctuation, and the full-width forms of ASCII. */
  private static boolean isCjkPunctuation(int codePoint) {
    return (codePoint >= 0x3000 && codePoint <= 0x303F)
        || (codePoint >= 0xFF01 && codePoint <= 0xFF60);
  }
}
