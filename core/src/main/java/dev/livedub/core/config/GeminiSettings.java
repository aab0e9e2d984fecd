package dev.livedub.core.config;

import dev.livedub.core.config.GeminiConfig.Budget;
import dev.livedub.core.config.GeminiConfig.Vertex;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of the translator {@code gemini}. */
public final class GeminiSettings {

  private static final String URL_EXPECTED =
      "a wss address with a host, or a ws address of this machine, without user-info or query";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(wss?)://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)(?::([0-9]{1,5}))?"
              + "(/[A-Za-z0-9._~/:+-]*)?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
  private static final int MAX_PORT = 65_535;
  private static final String NO_LIMIT = "none";
  private static final double MOST_USD = 1_000_000;
  private static final String OFF = "off";
  private static final Duration LEAST_SUSPENSION = Duration.ofSeconds(5);
  private static final Duration MOST_SUSPENSION = Duration.ofHours(1);

  public static final Setting<String> URL =
      Setting.value(
          "gemini-url",
          "URL",
          "",
          URL_EXPECTED,
          "Where Gemini is reached instead of its own address, such as the simulator.",
          GeminiSettings::url);

  public static final Setting<String> MODEL =
      Setting.value(
          "gemini-model",
          "NAME",
          GeminiConfig.DEFAULTS.model(),
          "a name of small letters, digits, dots and dashes",
          "Model that translates.",
          text -> name(text.startsWith("models/") ? text.substring("models/".length()) : text));

  public static final Setting<String> VERTEX_PROJECT =
      Setting.value(
          "vertex-project",
          "ID",
          "",
          "a name of small letters, digits, dots and dashes",
          "Project of Google Cloud: sessions run on Vertex AI, with its credentials, no key.",
          GeminiSettings::name);

  public static final Setting<String> VERTEX_LOCATION =
      Setting.value(
          "vertex-location",
          "NAME",
          "global",
          "a name of small letters, digits, dots and dashes",
          "Where on Vertex AI sessions run.",
          GeminiSettings::name);

  public static final Setting<OptionalDouble> BUDGET_PER_HOUR =
      budget(
          "budget-usd-per-hour",
          "Most that translation may cost in any hour; then the fallback is heard until it may cost"
              + " again.");

  public static final Setting<OptionalDouble> BUDGET =
      budget(
          "budget-usd",
          "Most that translation may cost in the whole run; then the fallback is heard.");

  public static final Setting<Optional<Duration>> SUSPEND_AFTER =
      Setting.value(
          "suspend-after",
          "TIME",
          OFF,
          suspensionExpected(),
          "Give up the session, and stop paying, once nobody has spoken for so long; the next word"
              + " opens a new one.",
          GeminiSettings::suspension);

  private static final List<Setting<?>> ALL =
      List.of(URL, MODEL, VERTEX_PROJECT, VERTEX_LOCATION, BUDGET_PER_HOUR, BUDGET, SUSPEND_AFTER);

  private GeminiSettings() {}

  /** All of them, in the order of the help. */
  static List<Setting<?>> all() {
    return ALL;
  }

  /** Reads them; empty if one is wrong, which is then on the resolver's record. */
  static Optional<GeminiConfig> read(SettingResolver from) {
    Optional<String> url = from.find(URL);
    Optional<String> model = from.findOrDefault(MODEL);
    Optional<String> project = from.find(VERTEX_PROJECT);
    Optional<String> location = from.findOrDefault(VERTEX_LOCATION);
    Optional<OptionalDouble> perHour = from.findOrDefault(BUDGET_PER_HOUR);
    Optional<OptionalDouble> total = from.findOrDefault(BUDGET);
    Optional<Optional<Duration>> suspendAfter = from.findOrDefault(SUSPEND_AFTER);
    if (from.isWrong()) {
      return Optional.empty();
    }
    return Optional.of(
        new GeminiConfig(
            url,
            model.orElseThrow(),
            project.map(id -> new Vertex(id, location.orElseThrow())),
            new Budget(perHour.orElseThrow(), total.orElseThrow()),
            suspendAfter.orElseThrow()));
  }

  /** Puts on record what is missing to translate with Gemini. */
  static void check(SettingResolver from, TranslatorChoice translators) {
    boolean needsNoKey =
        from.given(VERTEX_PROJECT).isPresent()
            || from.given(URL).stream().anyMatch(given -> isLoopback(given.texts().get(0).strip()));
    Optional<String> missing = translators.gemini().missing();
    if (missing.isPresent() && !needsNoKey) {
      from.add(
          DubSettings.TRANSLATOR,
          DubSettings.word(TranslatorKind.GEMINI),
          missing.get() + ", or --vertex-project, or a --gemini-url of this machine");
    }
  }

  /** The service's code for a language; empty if there is none, which is then on record. */
  static Optional<String> targetLanguage(SettingResolver from, GeminiAccess gemini, String tag) {
    try {
      return Optional.of(gemini.targetLanguage().apply(tag));
    } catch (BadValueException e) {
      from.add(DubSettings.TARGET_LANG, tag, e.expected());
      return Optional.empty();
    }
  }

  private static boolean isLoopback(String text) {
    Matcher address = ADDRESS.matcher(text);
    return address.matches() && LOOPBACK.matcher(address.group(2)).matches();
  }

  private static String url(String text) {
    Matcher address = ADDRESS.matcher(text);
    boolean secure = address.matches() && address.group(1).equals("wss");
    if (!secure && !isLoopback(text)) {
      throw new BadValueException(URL_EXPECTED);
    }
    String port = address.group(3);
    if (port != null && Integer.parseInt(port) > MAX_PORT) {
      throw new BadValueException(URL_EXPECTED);
    }
    return text;
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new BadValueException("a name of small letters, digits, dots and dashes");
    }
    return text;
  }

  private static Setting<OptionalDouble> budget(String key, String description) {
    String expected = "an amount of US dollars above 0, or " + NO_LIMIT;
    return Setting.value(
        key, "USD", NO_LIMIT, expected, description, text -> amount(text, expected));
  }

  private static OptionalDouble amount(String text, String expected) {
    if (text.equals(NO_LIMIT)) {
      return OptionalDouble.empty();
    }
    if (text.matches("[0-9]{1,7}(\\.[0-9]{1,6})?")) {
      double usd = Double.parseDouble(text);
      if (usd > 0 && usd <= MOST_USD) {
        return OptionalDouble.of(usd);
      }
    }
    throw new BadValueException(expected);
  }

  private static String suspensionExpected() {
    return "a duration from "
        + DurationText.format(LEAST_SUSPENSION)
        + " to "
        + DurationText.format(MOST_SUSPENSION)
        + ", or "
        + OFF;
  }

  private static Optional<Duration> suspension(String text) {
    if (text.equals(OFF)) {
      return Optional.empty();
    }
    try {
      return Optional.of(DurationText.parseWithin(text, LEAST_SUSPENSION, MOST_SUSPENSION));
    } catch (BadValueException e) {
      throw new BadValueException(suspensionExpected());
    }
  }
}
