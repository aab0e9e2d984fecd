package dev.livedub.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.core.config.GeminiConfig.Vertex;
import dev.livedub.core.config.SettingLayer.Given;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiSettingsTest {

  private static final GeminiAccess WITH_KEY =
      new GeminiAccess(Optional.empty(), GeminiSettingsTest::languageOfTheService);

  @Test
  void read_everythingGiven_isInTheConfiguration() throws Exception {
    DubConfig config =
        read(
            WITH_KEY,
            "translator",
            "gemini",
            "gemini-url",
            "wss://proxy.example:8443/gemini",
            "gemini-model",
            "models/other-live",
            "vertex-project",
            "my-project",
            "vertex-location",
            "europe-west4",
            "budget-usd-per-hour",
            "2.5",
            "budget-usd",
            "40",
            "suspend-after",
            "90s");

    GeminiConfig gemini = config.gemini();
    assertThat(gemini.url()).hasValue("wss://proxy.example:8443/gemini");
    assertThat(gemini.model()).isEqualTo("other-live");
    assertThat(gemini.vertex()).hasValue(new Vertex("my-project", "europe-west4"));
    assertThat(gemini.budget().perHourUsd()).hasValue(2.5);
    assertThat(gemini.budget().totalUsd()).hasValue(40);
    assertThat(gemini.suspendAfter()).hasValue(Duration.ofSeconds(90));
  }

  @Test
  void read_defaultIsGemini_takesItsDefaults() throws Exception {
    DubConfig config = read(WITH_KEY);

    assertThat(config.translator()).isEqualTo(TranslatorKind.GEMINI);
    assertThat(config.targetLang()).hasValue("es");
    assertThat(config.gemini()).isEqualTo(GeminiConfig.DEFAULTS);
  }

  @Test
  void read_languageThatTheServiceCallsOtherwise_isMapped() throws Exception {
    assertThat(read(WITH_KEY, "target-lang", "en-US").targetLang()).hasValue("en");
  }

  @Test
  void read_languageThatTheServiceLacks_isRefusedUnlessGeminiIsNotUsed() throws Exception {
    assertThatThrownBy(() -> read(WITH_KEY, "target-lang", "tlh"))
        .hasMessage("target-lang = \"tlh\" (flag): expected one of es, en");
    assertThat(read(WITH_KEY, "target-lang", "tlh", "translator", "tone").targetLang())
        .hasValue("tlh");
  }

  @Test
  void read_noWayToTheService_isOneProblem() {
    assertThatThrownBy(
            () ->
                read(
                    GeminiAccess.NONE,
                    "translator",
                    "gemini",
                    "gemini-url",
                    "wss://proxy.example/gemini"))
        .isInstanceOfSatisfying(
            ConfigException.class, refusal -> assertThat(refusal.problems()).hasSize(1))
        .hasMessageContaining(
            "translator = \"gemini\" (flag): expected a key in the environment, or")
        .hasMessageContaining("--vertex-project");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://127.0.0.1:9099",
        "ws://localhost:9099/ws",
        "ws://[::1]:9099",
        "wss://127.1.2.3"
      })
  void read_simulatorOnThisMachine_needsNoKey(String url) throws Exception {
    DubConfig config = read(GeminiAccess.NONE, "translator", "gemini", "gemini-url", url);

    assertThat(config.gemini().url()).hasValue(url);
  }

  @Test
  void read_vertexProject_needsNoKey() throws Exception {
    DubConfig config = read(GeminiAccess.NONE, "translator", "gemini", "vertex-project", "p");

    assertThat(config.gemini().vertex()).hasValue(new Vertex("p", "global"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://gemini.example/ws",
        "ws://127.0.0.1.example/",
        "http://127.0.0.1:9099",
        "wss://user:SECRET@gemini.example/ws",
        "wss://gemini.example/ws?key=SECRET",
        "wss:///ws",
        "wss://gemini.example:port/",
        "wss://gemini.example:70000/",
        "wss://gemini..example/",
        "127.0.0.1:9099"
      })
  void read_addressThatIsNone_isRefusedWithoutItsSecrets(String url) {
    assertThatThrownBy(() -> read(WITH_KEY, "gemini-url", url))
        .hasMessageContaining("gemini-url = ")
        .hasMessageContaining("expected a wss address")
        .hasMessageNotContaining("SECRET");
  }

  private static String languageOfTheService(String tag) {
    return switch (tag) {
      case "es", "en" -> tag;
      case "en-US" -> "en";
      default -> throw new BadValueException("one of es, en");
    };
  }

  private static DubConfig read(GeminiAccess access, String... keysAndValues)
      throws ConfigException {
    Map<String, Given> values = new HashMap<>();
    values.put("input", new Given(List.of("a.ts"), "flag"));
    values.put("output", new Given(List.of("b.flv"), "flag"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], new Given(List.of(keysAndValues[i + 1]), "flag"));
    }
    SettingResolver from = new SettingResolver(List.of(new SettingLayer(values, List.of())));
    TranslatorChoice all =
        new TranslatorChoice(
            List.of(TranslatorKind.values()), TranslatorKind.GEMINI, "default", access);
    Optional<DubConfig> config = DubSettings.read(from, all);
    from.throwIfWrong();
    return config.orElseThrow();
  }
}
