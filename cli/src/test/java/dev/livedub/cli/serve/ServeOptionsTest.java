package dev.livedub.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livedub.cli.config.LogFormat;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingLayer.Given;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.config.MediaMtxConfig;
import dev.livedub.orchestrator.config.ServeConfig;
import dev.livedub.orchestrator.config.StreamPlan;
import dev.livedub.orchestrator.config.WorkersConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeOptionsTest {

  private static final String SECRET = "S3CRET-S3CRET";

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> flags = new HashMap<>();

  @Test
  void resolve_nothingGiven_takesTheDefaults() throws Exception {
    environment.put("XDG_RUNTIME_DIR", directory.toString());
    ServeOptions options = resolve();
    ServeConfig config = options.config();
    assertThat(config.http())
        .isEqualTo(
            new HttpConfig("0.0.0.0", 8080, Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(config.mediamtx())
        .isEqualTo(
            new MediaMtxConfig(
                "rtsp://127.0.0.1:8554",
                "rtmp://127.0.0.1:1935",
                Optional.of("http://127.0.0.1:9997")));
    assertThat(config.workers().mode()).isEqualTo(WorkersConfig.Mode.PROCESS);
    assertThat(config.workers().max()).isZero();
    assertThat(config.workers().grace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.workers().stateDir()).hasParentRaw(directory);
    assertThat(config.workers().stateDir().getFileName().toString()).matches("livedub-[\\w-]+");
    assertThat(options.logFormat()).isEqualTo(LogFormat.JSON);
    DubConfig dub = plan(options, "x").dub();
    assertThat(dub.translator()).isEqualTo(TranslatorKind.PASSTHROUGH);
    assertThat(dub.delay()).isEqualTo(PlayoutDelay.fixed(Duration.ofSeconds(6)));
    assertThat(dub.input()).isEqualTo("rtsp://m/live/x/in");
    assertThat(dub.outputs()).containsExactly("rtmp://m/live/x/out");
    assertThat(dub.streamId()).isEqualTo("x");
  }

  @Test
  void resolve_theExampleOfTheDesign_isUnderstood() throws Exception {
    environment.put("GEMINI_API_KEY", "some-key");
    Path token = secretFile("token", "t0ken\n");
    Path hook = secretFile("hook", "h00k");
    Path youtube = secretFile("youtube", "rtmps://a.rtmps.youtube.com/live2/" + SECRET + "\n");
    ServeOptions options =
        resolve(
            "http: { addr: \"0.0.0.0:8080\", token-file: "
                + token
                + ", hook-secret-file: "
                + hook
                + " }",
            "mediamtx: { rtsp: \"rtsp://mediamtx:8554\", rtmp: \"rtmp://mediamtx:1935\","
                + " api: \"http://mediamtx:9997\" }",
            "workers: { mode: process, max: 0, grace: 30s }",
            "defaults: { translator: gemini, target-lang: es, delay: 6s, fallback: original }",
            "streams:",
            "  - match: \"news-*\"",
            "    target-lang: pt-BR",
            "    egress: [ { name: youtube, url-file: " + youtube + " } ]");

    HttpConfig http = options.config().http();
    assertThat(http.token().orElseThrow().reveal()).isEqualTo("t0ken");
    assertThat(http.hookSecret().orElseThrow().reveal()).isEqualTo("h00k");
    assertThat(options.config().mediamtx().api()).hasValue("http://mediamtx:9997");
    StreamPlan news = plan(options, "news-1");
    assertThat(news.dub().targetLang()).hasValue("pt-BR");
    assertThat(news.dub().translator()).isEqualTo(TranslatorKind.GEMINI);
    assertThat(news.egress().get(0).url()).endsWith("/live2/" + SECRET);
    assertThat(plan(options, "sports").dub().targetLang()).hasValue("es");
    assertThat(plan(options, "sports").egress()).isEmpty();
    assertThat(options.warnings()).isEmpty();
    assertThat(options.toString()).doesNotContain(SECRET).doesNotContain("t0ken");
  }

  @Test
  void resolve_fiveMistakesAtOnce_areFiveLinesWithTheirPlaces() throws Exception {
    Path file =
        file(
            "http: { addr: \"8080\" }",
            "mediamtx:",
            "  rtps: \"rtsp://mediamtx:8554\"",
            "workers: { mode: fork }",
            "defaults: { delay: 61s }",
            "streams:",
            "  - match: \"news-*\"",
            "    egress: [ { name: you tube, url: \"rtmp://live.example/app/" + SECRET + "\" } ]");
    flags.put("config", file.toString());
    assertThat(lines())
        .containsExactlyInAnyOrder(
            "http-addr = \"8080\" ("
                + file
                + " line 1, http.addr): expected "
                + HttpAddress.EXPECTED,
            "rtps (" + file + " line 3): expected a key that exists; did you mean rtsp?",
            "worker-mode = \"fork\" ("
                + file
                + " line 4, workers.mode): expected one of process,"
                + " thread",
            "delay = \"61s\" ("
                + file
                + " line 5): expected a duration from 0s to 60s, auto, or auto:FROM-TO from 2s to"
                + " 60s, such as auto:4s-15s",
            "name = \"you tube\" (" + file + " line 8): expected 1 to 32 letters, digits, _ or -");
  }

  @Test
  void resolve_flagsVariablesAndFile_winInThisOrderAndRulesBeforeAll() throws Exception {
    flags.put("slot", "1500ms");
    flags.put("max-workers", "1");
    environment.put("LIVEDUB_SLOT", "2s");
    environment.put("LIVEDUB_MAX_WORKERS", "2");
    environment.put("LIVEDUB_DUCK_DB", "-2");
    environment.put("LIVEDUB_GRACE", "2s");
    ServeOptions options =
        resolve(
            "workers: { max: 3, grace: 3s, mode: thread }",
            "defaults: { slot: 3s, duck-db: -3, delay: 3s, log-format: text }",
            "streams:",
            "  - match: a",
            "    slot: 4s",
            "  - match: \"*\"",
            "    delay: 4s");

    assertThat(options.logFormat()).isEqualTo(LogFormat.TEXT);
    WorkersConfig workers = options.config().workers();
    assertThat(workers.max()).isEqualTo(1);
    assertThat(workers.grace()).isEqualTo(Duration.ofSeconds(2));
    assertThat(workers.mode()).isEqualTo(WorkersConfig.Mode.THREAD);
    DubConfig a = plan(options, "a").dub();
    assertThat(a.slot()).isEqualTo(Duration.ofSeconds(4));
    assertThat(a.duckDb()).isEqualTo(-2);
    assertThat(a.delay()).isEqualTo(PlayoutDelay.fixed(Duration.ofSeconds(3)));
    DubConfig b = plan(options, "b").dub();
    assertThat(b.slot()).isEqualTo(Duration.ofMillis(1500));
    assertThat(b.delay()).isEqualTo(PlayoutDelay.fixed(Duration.ofSeconds(4)));
  }

  @Test
  void resolve_publishersQuery_winsForItsThreeKeysAlone() throws Exception {
    ServeOptions options =
        resolve("streams:", "  - { match: \"*\", delay: 4s, egress: [] }", "http: {}");
    StreamPlan plan =
        options
            .config()
            .plans()
            .planFor(
                "x",
                "lang=pt-BR&delay=1s&fallback=silence&slot=9s&egress=rtmp://evil/x&lang=fr",
                "rtsp://m/in",
                "rtmp://m/out");
    assertThat(plan.dub().targetLang()).hasValue("pt-BR");
    assertThat(plan.dub().delay()).isEqualTo(PlayoutDelay.fixed(Duration.ofSeconds(1)));
    assertThat(plan.dub().fallback()).isEqualTo(FallbackMode.SILENCE);
    assertThat(plan.dub().slot()).isEqualTo(Duration.ofSeconds(1));
    assertThat(plan.dub().outputs()).containsExactly("rtmp://m/out");
    assertThat(plan.egress()).isEmpty();
    assertThat(plan.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http-addr | localhost | HOST",
        "http-addr | 127.0.0.1:65536 | HOST",
        "http-addr | http://127.0.0.1:80 | HOST",
        "token-file | /no/such/file | a file that exists",
        "hook-secret-file | /tmp | a file that exists",
        "mediamtx-rtsp | rtmp://h:1 | an rtsp address",
        "mediamtx-rtsp | rtsp://h:70000 | an rtsp address",
        "mediamtx-rtsp | rtsp://u:S3CRET-S3CRET@h:8554 | without user-info",
        "mediamtx-rtmp | rtmp://h/live | an rtmp or rtmps address",
        "mediamtx-api | http://h:9997/v3 | an http or https address",
        "mediamtx-api | none | or off",
        "worker-mode | Process | one of process, thread",
        "max-workers | -1 | a number from 0 to 10000",
        "max-workers | 10001 | a number from 0 to 10000",
        "grace | 61m | a duration from 0s to 1h",
        "grace | 30 | with its unit",
        "state-dir | /dev/null/x | a directory",
        "translator | gemini | a key",
        "target-lang | Spanish! | a BCP 47 language tag",
        "log-format | xml | one of json, text",
      })
  void resolve_valueThatCannotBe_isRefusedWithWhatWasExpected(
      String key, String value, String expected) {
    flags.put(key, value);
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith(key + " = ")
        .contains("(--" + key + "): expected ")
        .contains(expected.replace("HOST", HttpAddress.EXPECTED))
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:8080, 0.0.0.0, 8080",
    "localhost:0, localhost, 0",
    "[::]:8080, ::, 8080",
    "[fe80::1%eth0]:1, fe80::1%eth0, 1",
  })
  void resolve_httpAddress_isTakenApart(String text, String host, int port) throws Exception {
    flags.put("http-addr", text);
    assertThat(resolve().config().http().host()).isEqualTo(host);
    assertThat(resolve().config().http().port()).isEqualTo(port);
  }

  @Test
  void resolve_mediamtx_losesItsSlashAndMayHaveNoApi() throws Exception {
    flags.put("mediamtx-rtsp", "rtsp://mtx.example:8554/");
    flags.put("mediamtx-rtmp", "rtmps://[::1]:1936");
    flags.put("mediamtx-api", "off");
    assertThat(resolve().config().mediamtx())
        .isEqualTo(
            new MediaMtxConfig("rtsp://mtx.example:8554", "rtmps://[::1]:1936", Optional.empty()));
  }

  @Test
  void resolve_secretsThatCannotBe_areRefusedAndNeverShown() throws Exception {
    Path empty = secretFile("empty", "\n");
    Path twoLines = secretFile("two", SECRET + "\n" + SECRET + "\n");
    Path blank = secretFile("blank", SECRET + " " + SECRET);
    Path noUrl = secretFile("no-url", "rtpm://live.example/app/" + SECRET);
    Path aFile = secretFile("a-file", SECRET + ".flv");
    flags.put("token-file", empty.toString());
    flags.put("hook-secret-file", twoLines.toString());
    Path file =
        file(
            "streams:",
            "  - match: a",
            "    egress:",
            "      - { name: a, url-file: " + noUrl + " }",
            "      - { name: b, url-file: " + aFile + " }",
            "      - { name: c, url-file: " + blank + " }",
            "      - { name: d, url: \"rtpm://live.example/app/" + SECRET + "\" }",
            "      - { name: e, url: [" + SECRET + "] }",
            "      - { name: f, url-file: /none, url: " + SECRET + " }",
            "      - { name: g }",
            "      - { name: h, url-file: " + directory + "/none }");
    flags.put("config", file.toString());
    assertThat(lines())
        .hasSize(10)
        .noneMatch(line -> line.contains(SECRET))
        .anyMatch(line -> line.startsWith("token-file = ") && line.contains("not empty"))
        .anyMatch(line -> line.startsWith("hook-secret-file = ") && line.contains("one line"))
        .anyMatch(line -> line.contains("line 4") && line.contains("a file with an rtmp"))
        .anyMatch(line -> line.contains("line 5") && line.contains("a file with an rtmp"))
        .anyMatch(line -> line.contains("line 6") && line.contains("without blanks"))
        .anyMatch(line -> line.contains("url = \"***\" (" + file + " line 7)"))
        .anyMatch(line -> line.contains("url = \"***\" (" + file + " line 8)"))
        .anyMatch(line -> line.contains("line 9") && line.contains("either url-file or url"))
        .anyMatch(line -> line.contains("line 10") && line.contains("either url-file or url"))
        .anyMatch(line -> line.contains("line 11") && line.contains("a file that exists"));
  }

  @Test
  void resolve_secretThatEveryUserMayRead_isWarnedOf() throws Exception {
    Path token = secretFile("token", SECRET);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    flags.put("token-file", token.toString());
    assertThat(resolve().warnings())
        .containsExactly("token-file " + token + " can be read by every user of this machine");
  }

  @Test
  void resolve_tls_needsBothFiles() throws Exception {
    Path pem = secretFile("some.pem", "-----BEGIN CERTIFICATE-----");
    flags.put("tls-cert", pem.toString());
    assertThat(lines()).containsExactly("tls-key (not set): expected a file, as tls-cert is given");
    flags.put("tls-key", directory + "/none");
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("tls-key = ")
        .contains("a file this user may read");
    flags.put("tls-key", pem.toString());
    assertThat(resolve().config().http().tls()).hasValue(new HttpConfig.Tls(pem, pem));
  }

  @Test
  void resolve_rulesThatCannotBe_areRefusedBeforeAnyStreamIsThere() throws Exception {
    Path file =
        file(
            "streams:",
            "  - match: a",
            "    translator: gemini",
            "  - match: a",
            "  - match: a/b",
            "  - target-lang: es",
            "  - match: c",
            "    delay: 90s",
            "    dealy: 9s",
            "    output: x.flv",
            "    egress:",
            "      - { name: x, url: \"rtmp://h/a/b\" }",
            "      - { name: x, url: \"rtmp://h/a/c\", to: d }",
            "    ergess: []",
            "  - just a word",
            "  - match: d",
            "    egress: { name: x }");
    flags.put("config", file.toString());
    assertThat(lines())
        .hasSize(12)
        .anyMatch(line -> line.startsWith("translator = \"gemini\" (" + file + " line 3)"))
        .anyMatch(line -> line.startsWith("match = \"a\" (" + file + " line 4)"))
        .anyMatch(line -> line.startsWith("match = \"a/b\" (" + file + " line 5)"))
        .anyMatch(line -> line.startsWith("match (" + file + " line 6)"))
        .anyMatch(line -> line.startsWith("delay = \"90s\" (" + file + " line 8)"))
        .anyMatch(line -> line.contains("line 9)") && line.endsWith("did you mean delay?"))
        .anyMatch(line -> line.contains("line 10)") && line.contains("livedub dub"))
        .anyMatch(line -> line.contains("name = \"x\"") && line.contains("each name once"))
        .anyMatch(line -> line.startsWith("to (" + file + " line 13)"))
        .anyMatch(line -> line.contains("line 14)") && line.endsWith("did you mean egress?"))
        .anyMatch(line -> line.contains("line 15)") && line.contains("keys with values"))
        .anyMatch(line -> line.contains("line 17)") && line.contains("a list"));
  }

  @Test
  void resolve_oneMistakeThatHoldsForManyRules_isSaidOnce() throws Exception {
    flags.put("delay", "90s");
    Path file = file("streams:", "  - match: a", "  - match: b", "  - match: c");
    flags.put("config", file.toString());
    assertThat(lines()).hasSize(1);
  }

  @Test
  void resolve_keyOfASingleDub_isRefusedByThatWord() throws Exception {
    Path file = file("defaults: { output: x.flv, metrics-port: 1 }");
    flags.put("config", file.toString());
    assertThat(lines())
        .hasSize(2)
        .allMatch(line -> line.contains("expected a key of this command"));
    flags.clear();
    environment.put("LIVEDUB_OUTPUT", "x.flv");
    environment.put("LIVEDUB_URL", "http://127.0.0.1:8080");
    assertThat(resolve()).isNotNull();
  }

  private ServeOptions resolve(String... yaml) throws Exception {
    if (yaml.length > 0) {
      flags.put("config", file(yaml).toString());
    }
    Map<String, Given> given = new HashMap<>();
    flags.forEach((key, value) -> given.put(key, new Given(List.of(value), "--" + key)));
    return ServeOptions.resolve(
        new SettingLayer(given, List.of()),
        environment,
        List.of(TranslatorKind.values()),
        new GeminiAccess(
            environment.containsKey("GEMINI_API_KEY") ? Optional.empty() : Optional.of("a key"),
            ServeOptionsTest::language));
  }

  private static String language(String tag) {
    if (tag.equals("xx")) {
      throw new BadValueException("a language there is");
    }
    return tag;
  }

  private List<String> lines() {
    ConfigException refusal = catchThrowableOfType(ConfigException.class, this::resolve);
    return refusal == null
        ? List.of()
        : new ArrayList<>(refusal.problems().stream().map(ConfigProblem::line).toList());
  }

  private static StreamPlan plan(ServeOptions options, String streamId) {
    return options
        .config()
        .plans()
        .planFor(
            streamId,
            "",
            "rtsp://m/live/" + streamId + "/in",
            "rtmp://m/live/" + streamId + "/out");
  }

  private Path secretFile(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Path file(String... lines) throws IOException {
    Path file = Files.createTempFile(directory, "livedub", ".yaml");
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }
}
