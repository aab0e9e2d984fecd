package dev.livedub.gemini.guard;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds translated text that stays in another language than asked for. One fragment says little:
 * names and loan words are taken for any language.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class LanguageTest {

  /** Fragments in a row that have to be in another language. */
  static final int FRAGMENTS = 4;

  /** Letters they have to hold together. */
  static final int LETTERS = 30;

  private final String wanted;
  private int strangers;
  private int letters;

  /**
   * @param wantedTag BCP 47 tag of the language asked for
   */
  public LanguageTest(String wantedTag) {
    wanted = primary(wantedTag);
  }

  /**
   * Whether this fragment makes it certain.
   *
   * @param tag as detected; null, which says nothing, when not said
   */
  boolean fails(String text, @Nullable String tag) {
    if (tag == null || tag.isBlank() || primary(tag).equals("und")) {
      return false;
    }
    if (isWanted(tag)) {
      strangers = 0;
      letters = 0;
      return false;
    }
    strangers++;
    letters += text.strip().length();
    return strangers >= FRAGMENTS && letters >= LETTERS;
  }

  /** Whether a detected tag is the language asked for, whatever its region. */
  public boolean isWanted(String tag) {
    return primary(tag).equals(wanted);
  }

  /** Primary subtag; the several names of one language are one. */
  private static String primary(String tag) {
    String first = tag.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    return switch (first) {
      case "cmn", "yue" -> "zh";
      case "tl" -> "fil";
      case "iw" -> "he";
      case "in" -> "id";
      case "jw" -> "jv";
      case "nb", "nn" -> "no";
      default -> first;
    };
  }
}
