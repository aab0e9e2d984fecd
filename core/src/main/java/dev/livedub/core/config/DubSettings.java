package dev.livedub.core.config;

import dev.livedub.core.config.SettingLayer.Given;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of everything that can be set about one dub. */
public final class DubSettings {

  private static final Pattern STREAM_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");
  private static final double LEAST_DUCK_DB = -60;

  public static final Setting<String> INPUT =
      Setting.value(
          "input",
          "URL",
          "",
          MediaAddress.INPUT_EXPECTED,
          "Where the stream comes from: an address (rtsp rtmp rtmps srt http https) or a file,"
              + " which is paced at real time.",
          MediaAddress::input);

  public static final Setting<String> OUTPUT =
      new Setting<>(
          "output",
          "URL",
          Setting.Kind.LIST,
          "",
          MediaAddress.OUTPUT_EXPECTED,
          "Where the dubbed stream goes: an address (rtmp rtmps rtsp srt) or a file (.flv .ts .mp4"
              + " .m3u8). May be given several times.",
          MediaAddress::output);

  private static final Pattern INGEST_PATH =
      Pattern.compile("://[^/]+/live/([A-Za-z0-9_-]{1,64})/in(?:[?#]|$)");

  public static final Setting<String> STREAM_ID_SETTING =
      Setting.value(
          "stream-id",
          "ID",
          "ID of an input …/live/ID/in, else live",
          "1 to 64 letters, digits, _ or -",
          "Name of the stream in logs, metrics and thread names.",
          text -> matching(text, STREAM_ID, "1 to 64 letters, digits, _ or -"));

  public static final Setting<TranslatorKind> TRANSLATOR =
      choice(
          "translator",
          "gemini if GEMINI_API_KEY or GOOGLE_API_KEY is set, else passthrough",
          "What becomes of the sound: copied, sent through unchanged, spoken parts turned into a"
              + " 440 Hz tone, or translated.",
          TranslatorKind.class);

  public static final Setting<String> TARGET_LANG =
      Setting.value(
          "target-lang",
          "TAG",
          "es",
          "a BCP 47 language tag such as es or pt-BR",
          "Language to translate into.",
          text -> matching(text, LANGUAGE, "a BCP 47 language tag such as es or pt-BR"));

  public static final Setting<PlayoutDelay> DELAY =
      Setting.value(
          "delay",
          "TIME|auto",
          "6s, with bypass 0s",
          PlayoutDelay.EXPECTED,
          "Playout delay of picture and sound: the translation has to arrive within it. With auto it"
              + " follows how late translations come.",
          PlayoutDelay::parse);

  public static final Setting<Duration> SLOT =
      duration(
          "slot",
          "1s",
          Duration.ofMillis(250),
          Duration.ofSeconds(10),
          "Length of the slots that are counted as dubbed, bed or fallback.");

  public static final Setting<FallbackMode> FALLBACK =
      choice(
          "fallback",
          "original",
          "What is heard where there was speech and no translation came.",
          FallbackMode.class);

  public static final Setting<Double> DUCK_DB =
      Setting.value(
          "duck-db",
          "DB",
          "-18",
          "a number of dB from -60 to 0",
          "Gain of the original under the dub.",
          DubSettings::duckDb);

  public static final Setting<BackgroundMode> BACKGROUND =
      choice(
          "background",
          "duck",
          "What becomes of the original under the dub: all of it turned down, or its voice taken out"
              + " and the rest kept.",
          BackgroundMode.class);

  public static final Setting<Duration> READY_TIMEOUT =
      duration(
          "ready-timeout",
          "30s",
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          "How long the input may take to become ready at the start.");

  public static final Setting<Duration> RECONNECT_TIMEOUT =
      duration(
          "reconnect-timeout",
          "10m",
          Duration.ZERO,
          Duration.ofHours(24),
          "How long a lost input or output is tried again before giving up.");

  public static final Setting<Boolean> FAST =
      new Setting<>(
          "fast",
          "",
          Setting.Kind.FLAG,
          "false",
          "true or false",
          "Read a file as fast as it goes rather than at real time.",
          DubSettings::bool);

  private static final List<String> CAPTION_EXTENSIONS = List.of(".vtt", ".srt", ".jsonl");
  private static final String CAPTIONS_EXPECTED = "a file that ends in .vtt, .srt or .jsonl";

  public static final Setting<String> CAPTIONS =
      new Setting<>(
          "captions",
          "FILE",
          Setting.Kind.LIST,
          "",
          CAPTIONS_EXPECTED,
          "Write the translation as captions (.vtt .srt), or both languages as lines of JSON"
              + " (.jsonl). May be given several times.",
          DubSettings::captions);

  /** Delay where the sound is only copied: nothing has to be waited for. */
  private static final PlayoutDelay BYPASS_DELAY = PlayoutDelay.fixed(Duration.ZERO);

  private static final PlayoutDelay DEFAULT_DELAY = PlayoutDelay.fixed(PlayoutDelay.USUAL);

  private static final List<Setting<?>> ALL =
      Stream.of(
              List.of(INPUT, OUTPUT, TRANSLATOR, TARGET_LANG, DELAY, SLOT, FALLBACK, DUCK_DB),
              List.of(BACKGROUND, CAPTIONS),
              GeminiSettings.all(),
              List.of(READY_TIMEOUT, RECONNECT_TIMEOUT, FAST, STREAM_ID_SETTING))
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private DubSettings() {}

  /** All of them, in the order of the help. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  /**
   * Reads a configuration; what is wrong is put on the resolver's record.
   *
   * @param translators those there are
   * @return empty if anything these settings need is missing or wrong
   */
  public static Optional<DubConfig> read(SettingResolver from, TranslatorChoice translators) {
    Optional<String> input = required(from, INPUT);
    List<String> outputs = from.findAll(OUTPUT);
    if (from.given(OUTPUT).isEmpty()) {
      from.add(OUTPUT, "", OUTPUT.expected());
    }
    checkDistinct(from, input, outputs);
    Optional<TranslatorKind> translator = translator(from, translators);
    Optional<String> targetLang = targetLang(from, translator, translators.gemini());
    Optional<PlayoutDelay> delay = delay(from, translator);
    Optional<Duration> slot = from.findOrDefault(SLOT);
    Optional<FallbackMode> fallback = from.findOrDefault(FALLBACK);
    Optional<Double> duckDb = from.findOrDefault(DUCK_DB);
    Optional<BackgroundMode> background = from.findOrDefault(BACKGROUND);
    List<String> captions = captionFiles(from);
    Optional<GeminiConfig> gemini = GeminiSettings.read(from);
    Optional<Duration> readyTimeout = from.findOrDefault(READY_TIMEOUT);
    Optional<Duration> reconnectTimeout = from.findOrDefault(RECONNECT_TIMEOUT);
    Optional<Boolean> fast = from.findOrDefault(FAST);
    Optional<String> streamId = from.find(STREAM_ID_SETTING);
    if (from.isWrong()) {
      return Optional.empty();
    }
    TranslatorKind kind = translator.orElseThrow();
    return Optional.of(
        new DubConfig(
            streamId.orElseGet(() -> streamIdOf(input.orElseThrow())),
            input.orElseThrow(),
            outputs,
            kind,
            targetLang,
            delay.orElse(kind == TranslatorKind.BYPASS ? BYPASS_DELAY : DEFAULT_DELAY),
            slot.orElseThrow(),
            fallback.orElseThrow(),
            duckDb.orElseThrow(),
            background.orElseThrow(),
            readyTimeout.orElseThrow(),
            reconnectTimeout.orElseThrow(),
            fast.orElseThrow(),
            captions,
            gemini.orElseThrow()));
  }

  /** The name that MediaMTX's path gives a stream: {@code live/<id>/in}. */
  private static String streamIdOf(String input) {
    Matcher matcher = INGEST_PATH.matcher(input);
    return matcher.find() ? matcher.group(1) : "live";
  }

  /** Reads a boolean. */
  public static Boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new BadValueException("true or false");
    };
  }

  /** A setting whose values are an enum's constants, written in lower case with dashes. */
  public static <E extends Enum<E>> Setting<E> choice(
      String key, String defaultText, String description, Class<E> type) {
    String words =
        Arrays.stream(type.getEnumConstants())
            .map(DubSettings::word)
            .collect(Collectors.joining("|"));
    String expected = "one of " + words.replace("|", ", ");
    Function<String, E> parser =
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new BadValueException(expected));
    return Setting.value(key, words, defaultText, expected, description, parser);
  }

  /** How an enum's constant is written in a configuration. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Setting<Duration> duration(
      String key, String defaultText, Duration least, Duration most, String description) {
    String expected =
        "a duration from " + DurationText.format(least) + " to " + DurationText.format(most);
    return Setting.value(
        key,
        "TIME",
        defaultText,
        expected,
        description,
        text -> DurationText.parseWithin(text, least, most));
  }

  private static <T> Optional<T> required(SettingResolver from, Setting<T> setting) {
    if (from.given(setting).isEmpty()) {
      from.add(setting, "", setting.expected());
    }
    return from.find(setting);
  }

  private static Optional<TranslatorKind> translator(
      SettingResolver from, TranslatorChoice translators) {
    Optional<TranslatorKind> asked = from.find(TRANSLATOR);
    if (from.given(TRANSLATOR).isPresent() && asked.isEmpty()) {
      return asked;
    }
    TranslatorKind kind = asked.orElse(translators.byDefault());
    if (!translators.available().contains(kind)) {
      String origin = from.given(TRANSLATOR).map(Given::origin).orElse(translators.why());
      String expected = translators.expectedInsteadOf(kind);
      from.add(new ConfigProblem(TRANSLATOR.key(), origin, word(kind), expected));
    } else if (kind == TranslatorKind.GEMINI) {
      GeminiSettings.check(from, translators);
    }
    return Optional.of(kind);
  }

  /**
   * Reads a playout delay for a translator: one that copies the sound says nothing by which a delay
   * could be chosen.
   *
   * @throws BadValueException if it is none, or cannot be with this translator
   */
  public static PlayoutDelay delay(String text, TranslatorKind translator) {
    PlayoutDelay delay = DELAY.parse(text);
    if (!delay.isFixed() && translator == TranslatorKind.BYPASS) {
      throw new BadValueException("a duration from 0s to 60s, as the translator is bypass");
    }
    return delay;
  }

  private static Optional<PlayoutDelay> delay(
      SettingResolver from, Optional<TranslatorKind> translator) {
    Optional<PlayoutDelay> delay = from.find(DELAY);
    if (delay.isPresent() && translator.isPresent()) {
      String text = from.given(DELAY).map(given -> given.texts().get(0)).orElseThrow();
      try {
        delay(text, translator.get());
      } catch (BadValueException e) {
        from.add(DELAY, text, e.expected());
      }
    }
    return delay;
  }

  private static Optional<String> targetLang(
      SettingResolver from, Optional<TranslatorKind> translator, GeminiAccess gemini) {
    Optional<String> tag = from.findOrDefault(TARGET_LANG);
    return translator.equals(Optional.of(TranslatorKind.GEMINI))
        ? tag.flatMap(known -> GeminiSettings.targetLanguage(from, gemini, known))
        : tag;
  }

  private static List<String> captionFiles(SettingResolver from) {
    List<String> files = from.findAll(CAPTIONS);
    for (int i = 0; i < files.size(); i++) {
      if (files.indexOf(files.get(i)) < i) {
        from.add(CAPTIONS, files.get(i), "each file once");
      }
    }
    return files;
  }

  private static String captions(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (CAPTION_EXTENSIONS.stream().noneMatch(name::endsWith) || name.contains("://")) {
      throw new BadValueException(CAPTIONS_EXPECTED);
    }
    return text;
  }

  /** Puts every output on record that is another output, or the input. */
  public static void checkDistinct(
      SettingResolver from, Optional<String> input, List<String> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      String output = outputs.get(i);
      if (outputs.indexOf(output) < i) {
        from.add(OUTPUT, output, "each output once");
      }
      if (input.isPresent() && input.get().equals(output)) {
        from.add(OUTPUT, output, "something else than the input");
      }
    }
  }

  private static Double duckDb(String text) {
    try {
      double gainDb = Double.parseDouble(text);
      if (gainDb >= LEAST_DUCK_DB && gainDb <= 0) {
        return gainDb + 0.0;
      }
    } catch (NumberFormatException e) {
      // Said below, together with what lies outside.
    }
    throw new BadValueException("a number of dB from -60 to 0");
  }

  private static String matching(String text, Pattern pattern, String expected) {
    if (!pattern.matcher(text).matches()) {
      throw new BadValueException(expected);
    }
    return text;
  }
}
