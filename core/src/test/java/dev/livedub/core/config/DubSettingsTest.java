package dev.livedub.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.livedub.core.config.SettingLayer.Given;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DubSettingsTest {

  private static final TranslatorChoice ALL_BUT_GEMINI =
      new TranslatorChoice(
          List.of(TranslatorKind.BYPASS, TranslatorKind.PASSTHROUGH, TranslatorKind.TONE),
          TranslatorKind.PASSTHROUGH,
          "default",
          GeminiAccess.NONE);

  @Test
  void read_onlyWhatIsRequired_takesTheDefaults() throws Exception {
    DubConfig config = read(layer("flag", "input", "a.ts", "output", "b.flv"));
    assertThat(config)
        .isEqualTo(
            new DubConfig(
                "live",
                "a.ts",
                List.of("b.flv"),
                TranslatorKind.PASSTHROUGH,
                Optional.of("es"),
                PlayoutDelay.fixed(Duration.ofSeconds(6)),
                Duration.ofSeconds(1),
                FallbackMode.ORIGINAL,
                -18,
                BackgroundMode.DUCK,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                false,
                List.of(),
                GeminiConfig.DEFAULTS));
  }

  @Test
  void read_bypass_hasNoDelayUnlessAskedFor() throws Exception {
    SettingLayer required = layer("flag", "input", "a", "output", "b.flv", "translator", "bypass");
    assertThat(read(required).delay()).isEqualTo(PlayoutDelay.fixed(Duration.ZERO));
    assertThat(read(required, layer("file", "delay", "2s")).delay())
        .isEqualTo(PlayoutDelay.fixed(Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "auto,4,15",
    "auto:2s-60s,2,60",
    "auto:3500ms-20s,3.5,20",
    "auto:8s-1m,8,60",
    "0s,0,0",
    "60s,60,60"
  })
  void delay_text_isReadAndWrittenAgain(String text, double least, double most) {
    PlayoutDelay delay = DubSettings.DELAY.parse(text);

    assertThat(delay.least().toMillis() / 1e3).isEqualTo(least);
    assertThat(delay.most().toMillis() / 1e3).isEqualTo(most);
    assertThat(delay.isFixed()).isEqualTo(!text.startsWith("auto"));
    assertThat(delay.first()).isEqualTo(delay.clamp(Duration.ofSeconds(6)));
    assertThat(DubSettings.DELAY.parse(delay.text())).isEqualTo(delay);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "61s",
        "6",
        "",
        "-1s",
        "Auto",
        "auto:",
        "auto:4s",
        "auto:4s-",
        "auto:1s-9s",
        "auto:4s-61s",
        "auto:9s-4s",
        "auto:4s-4s",
        "auto:4s-5s-6s",
        "auto:4-15",
        "auto 4s-15s"
      })
  void delay_textThatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> DubSettings.DELAY.parse(text))
        .asInstanceOf(type(BadValueException.class))
        .extracting(BadValueException::expected)
        .isEqualTo(PlayoutDelay.EXPECTED);
  }

  @Test
  void read_chosenDelayWithBypass_isRefused() {
    assertThatThrownBy(
            () ->
                read(
                    layer("flag", "input", "a", "output", "b.flv", "translator", "bypass"),
                    layer("file", "delay", "auto")))
        .hasMessageContaining(
            "delay = \"auto\" (file): expected a duration from 0s to 60s, as the translator is"
                + " bypass");
  }

  @Test
  void read_severalLayers_theStrongestWinsValueByValue() throws Exception {
    DubConfig config =
        read(
            layer("flag", "input", "a.ts", "output", "b.flv", "delay", "1s"),
            layer("env", "delay", "2s", "slot", "2s", "output", "c.flv"),
            layer("file", "delay", "3s", "slot", "3s", "duck-db", "-3"));
    assertThat(config.delay()).isEqualTo(PlayoutDelay.fixed(Duration.ofSeconds(1)));
    assertThat(config.slot()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.duckDb()).isEqualTo(-3);
    assertThat(config.outputs()).containsExactly("b.flv");
  }

  @Test
  void read_everythingWrong_isReportedTogetherWithOriginAndValue() {
    SettingLayer wrong =
        layer(
            "here",
            "input",
            "ftp://u:SECRET@h/x",
            "output",
            "a.avi",
            "translator",
            "tonee",
            "target-lang",
            "Spanish please",
            "delay",
            "90s",
            "slot",
            "10ms",
            "fallback",
            "loud",
            "duck-db",
            "NaN",
            "background",
            "loud",
            "captions",
            "a.txt",
            "gemini-url",
            "ws://gemini.example/ws",
            "gemini-model",
            "a model",
            "vertex-project",
            "a/b",
            "vertex-location",
            "/",
            "budget-usd-per-hour",
            "-1",
            "budget-usd",
            "0",
            "suspend-after",
            "1s",
            "ready-timeout",
            "0s",
            "reconnect-timeout",
            "soon",
            "fast",
            "yes",
            "stream-id",
            "a/b");
    assertThatThrownBy(() -> read(wrong))
        .asInstanceOf(type(ConfigException.class))
        .satisfies(
            e -> {
              assertThat(e.problems())
                  .extracting(ConfigProblem::key)
                  .containsExactlyElementsOf(DubSettings.all().stream().map(Setting::key).toList());
              assertThat(e.problems()).extracting(ConfigProblem::origin).containsOnly("here");
              assertThat(e.getMessage())
                  .contains("delay = \"90s\" (here): expected a duration from 0s to 60s")
                  .contains("expected one of original, background, ducked-original, silence")
                  .doesNotContain("SECRET");
            });
  }

  @Test
  void read_nothing_saysWhatIsMissing() {
    assertThatThrownBy(() -> read(SettingLayer.EMPTY))
        .asInstanceOf(type(ConfigException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::line)
                    .containsExactly(
                        "input (not set): expected " + MediaAddress.INPUT_EXPECTED,
                        "output (not set): expected " + MediaAddress.OUTPUT_EXPECTED));
  }

  @Test
  void read_translatorThatIsNotThere_saysSo() {
    assertThatThrownBy(
            () -> read(layer("flag", "input", "a", "output", "b.flv", "translator", "gemini")))
        .hasMessageContaining("translator = \"gemini\" (flag)")
        .hasMessageContaining("gemini is not available in this version");
    TranslatorChoice withKey =
        new TranslatorChoice(
            ALL_BUT_GEMINI.available(),
            TranslatorKind.GEMINI,
            "default, as KEY is set",
            GeminiAccess.NONE);
    SettingResolver from =
        new SettingResolver(List.of(layer("flag", "input", "a", "output", "b.flv")));
    assertThat(DubSettings.read(from, withKey)).isEmpty();
    assertThatThrownBy(from::throwIfWrong).hasMessageContaining("(default, as KEY is set)");
  }

  @Test
  void read_outputTwiceOrInputAsOutput_isRefused() {
    Map<String, Given> values = new HashMap<>();
    values.put("input", new Given(List.of("a.flv"), "flag"));
    values.put("output", new Given(List.of("a.flv", "b.flv", "b.flv"), "flag"));
    assertThatThrownBy(() -> read(new SettingLayer(values, List.of())))
        .asInstanceOf(type(ConfigException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::expected)
                    .containsExactly("something else than the input", "each output once"));
  }

  @Test
  void read_oneValueGivenTwice_isRefused() {
    Map<String, Given> values = new HashMap<>();
    values.put("input", new Given(List.of("a", "b"), "file"));
    values.put("output", new Given(List.of("b.flv"), "file"));
    assertThatThrownBy(() -> read(new SettingLayer(values, List.of())))
        .hasMessageContaining("input = \"a b\" (file): expected one value");
  }

  @Test
  void all_defaults_areValuesThemselves() {
    for (Setting<?> setting : DubSettings.all()) {
      boolean depends =
          setting == DubSettings.DELAY
              || setting == DubSettings.TRANSLATOR
              || setting == DubSettings.STREAM_ID_SETTING;
      if (!depends && !setting.defaultText().isEmpty()) {
        assertThat(setting.parse(setting.defaultText())).as(setting.key()).isNotNull();
      }
    }
  }

  @Test
  void streamId_notGiven_isThatOfTheIngestPath() throws ConfigException {
    assertThat(idOf("rtsp://mediamtx:8554/live/news-1/in")).isEqualTo("news-1");
    assertThat(idOf("rtmp://mediamtx:1935/live/news-1/in?lang=es")).isEqualTo("news-1");
    assertThat(idOf("rtsp://mediamtx:8554/live/news.1/in")).isEqualTo("live");
    assertThat(idOf("rtsp://mediamtx:8554/other")).isEqualTo("live");
  }

  private static String idOf(String input) throws ConfigException {
    return read(layer("flag", "input", input, "output", "out.flv")).streamId();
  }

  private static DubConfig read(SettingLayer... layers) throws ConfigException {
    SettingResolver from = new SettingResolver(List.of(layers));
    Optional<DubConfig> config = DubSettings.read(from, ALL_BUT_GEMINI);
    from.throwIfWrong();
    return config.orElseThrow();
  }

  private static SettingLayer layer(String origin, String... keysAndValues) {
    Map<String, Given> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], new Given(List.of(keysAndValues[i + 1]), origin));
    }
    return new SettingLayer(values, new ArrayList<>());
  }
}
