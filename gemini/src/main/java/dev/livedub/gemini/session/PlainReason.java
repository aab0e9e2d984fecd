package dev.livedub.gemini.session;

import dev.livedub.core.log.MaskedUrl;
import dev.livedub.gemini.config.Secret;
import java.util.Collection;
import java.util.regex.Pattern;

/** Makes others' words fit to be shown: one short line, without secrets. */
final class PlainReason {

  private static final int MAX_CHARS = 300;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");

  /** Keys and tokens by their looks, for those that are not ours or are quoted in part. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\bAIza[\\w-]+|\\bAQ\\.[\\w-]+|\\bya29\\.[\\w.-]+|\\beyJ[\\w-]+\\.[\\w.-]+"
              + "|(?<=\\bBearer )\\S+|(?<=\\bkey=)[^\\s&]+");

  private PlainReason() {}

  /** The text as a person may see it. */
  static String of(String text, Collection<Secret> secrets) {
    String plain = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    for (Secret secret : secrets) {
      plain = secret.hideIn(plain);
    }
    plain = TOKEN.matcher(MaskedUrl.inText(plain)).replaceAll(MaskedUrl.MASK);
    return plain.length() <= MAX_CHARS ? plain : plain.substring(0, MAX_CHARS) + "…";
  }
}
