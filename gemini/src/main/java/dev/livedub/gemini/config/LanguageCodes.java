package dev.livedub.gemini.config;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The target languages of the service.
 *
 * <p>A tag that the service does not know passes its set-up and kills the session seconds later, so
 * tags are checked before anything is connected.
 */
public final class LanguageCodes {

  private static final List<String> LISTED =
      Arrays.asList(
          ("af ak sq am ar hy az eu be bn bg my ca zh-Hans zh-Hant hr cs da nl en et fil fi fr gl"
                  + " ka de el gu ha he hi hu is id it ja jv kn kk km rw ko lo lv lt mk ms ml mr mn"
                  + " ne no nb fa pl pt-BR pt-PT pa ro ru sr sd si sk sl es su sw sv ta te th tr uk"
                  + " ur uz vi zu")
              .split(" "));

  /** Taken by the service, though its documentation does not list them. */
  private static final List<String> UNLISTED = List.of("zh", "cmn", "zh-TW");

  private static final Map<String, String> OTHER_NAMES =
      Map.of("tl", "fil", "pt", "pt-BR", "zh-cn", "zh-Hans", "zh-sg", "zh-Hans");

  /** A language with a country or a numbered region: {@code en-US}, {@code es-419}. */
  private static final Pattern REGIONAL = Pattern.compile("([a-z]{2,3})-([a-z]{2}|[0-9]{3})");

  private static final Map<String, String> BY_LOWER_CASE = byLowerCase();

  private LanguageCodes() {}

  /** The tags that the service takes. */
  public static List<String> listed() {
    return LISTED;
  }

  /**
   * The tag to send for one that a person wrote: the service's own spelling, a country left out
   * where the service knows the language without.
   *
   * @throws BadValueException if the service has no such language
   */
  public static String resolve(String tag) {
    String wanted = tag.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return known(wanted).or(() -> withoutRegion(wanted)).orElseThrow(() -> refusal(wanted));
  }

  private static Optional<String> known(String lowerCase) {
    return Optional.ofNullable(BY_LOWER_CASE.get(lowerCase));
  }

  /** Chinese and Portuguese are told apart by their region, which must not be dropped. */
  private static Optional<String> withoutRegion(String lowerCase) {
    var regional = REGIONAL.matcher(lowerCase);
    if (!regional.matches()) {
      return Optional.empty();
    }
    return known(regional.group(1)).filter(tag -> !tag.startsWith("zh") && !tag.startsWith("pt"));
  }

  private static BadValueException refusal(String wanted) {
    return new BadValueException(
        "a language the service speaks"
            + Suggestion.hint(wanted, BY_LOWER_CASE.keySet())
            + " ("
            + String.join(" ", LISTED)
            + ")");
  }

  private static Map<String, String> byLowerCase() {
    Map<String, String> tags = new TreeMap<>(OTHER_NAMES);
    LISTED.forEach(tag -> tags.put(tag.toLowerCase(Locale.ROOT), tag));
    UNLISTED.forEach(tag -> tags.put(tag.toLowerCase(Locale.ROOT), tag));
    return Map.copyOf(tags);
  }
}
