package dev.livedub.cli.mediamtx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.livedub.cli.mediamtx.HookReceiver.Call;
import dev.livedub.cli.mediamtx.HookShell.Outcome;
import dev.livedub.testkit.net.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs {@code mediamtx/livedub-hook} as MediaMTX does, in every shell it has to run in. */
@Tag("e2e")
@ParameterizedClass
@EnumSource(HookShell.class)
class LivedubHookTest {

  private static final String SECRET = "S3CRET\"\\$'x";
  private static final int MAX_BODY_BYTES = 65_536;
  private static final int RANDOM_QUERIES = 12;
  private static final int LIMIT_SECONDS = 30;

  @TempDir Path directory;
  private final HookShell shell;
  private final HookReceiver receiver;
  private final Map<String, String> environment = new HashMap<>();

  LivedubHookTest(HookShell shell) throws IOException {
    this.shell = shell;
    this.receiver = new HookReceiver();
  }

  @BeforeEach
  void setUp() {
    shell.assumePresent();
    environment.put("LIVEDUB_URL", receiver.url());
    environment.put("LIVEDUB_HOOK_PAUSES", "0 0");
    environment.put("MTX_PATH", "live/news-1/in");
    environment.put("MTX_SOURCE_TYPE", "rtmpConn");
    environment.put("MTX_SOURCE_ID", "9e1d2f3a");
  }

  @AfterEach
  void close() throws IOException {
    receiver.close();
    HookShell.clean(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "not-ready"})
  void hook_taken_endsWithZeroAndSaysNothing(String event) throws Exception {
    Outcome outcome = run(bytes("lang%3Des"), event);
    assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
    Call call = take();
    assertThat(call.target()).isEqualTo("/v1/mediamtx/events/" + event);
    assertThat(call.header("Content-type")).isEqualTo("application/json");
    assertThat(call.headers()).doesNotContainKey("X-livedub-hook-secret");
    assertThat(fields(call))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "path", "live/news-1/in",
                "query", "lang%3Des",
                "sourceType", "rtmpConn",
                "sourceId", "9e1d2f3a"));
  }

  @Test
  void hook_nastyQueries_arriveAsTheyAre() throws Exception {
    Path evaluated = directory.resolve("evaluated");
    String[] queries = {
      "",
      "lang=es&delay=8s",
      "a\"b\\c\nd\re\tf'g%h",
      "\n\n",
      "$(touch " + evaluated + ") `touch " + evaluated + "` ; touch " + evaluated + " #",
      "-e --data @/etc/passwd\n\nurl = \"http://evil.example\"",
      "\u0001\u001f\u007f\u0080é€😀\u2028\uFFFD",
    };
    for (String query : queries) {
      assertThat(run(bytes(query), "ready").exitCode()).isZero();
      assertThat(fields(take())).containsEntry("query", query);
    }
    assertThat(evaluated).doesNotExist();
  }

  @Test
  void hook_queryThatIsNoUtf8_arrivesWithReplacements() throws Exception {
    byte[] bytes = {
      'a', (byte) 0xff, 'b', (byte) 0xc3, (byte) 0xe2, (byte) 0x82, 'c', (byte) 0xf0, (byte) 0x9f
    };
    assertThat(run(bytes, "ready").exitCode()).isZero();
    assertThat(fields(take())).containsEntry("query", "a\uFFFDb\uFFFD\uFFFDc\uFFFD");
  }

  @Test
  void hook_randomBytes_arriveAsTheyAre() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < RANDOM_QUERIES; i++) {
      byte[] query = new byte[random.nextInt(400)];
      for (int at = 0; at < query.length; at++) {
        query[at] = (byte) (1 + random.nextInt(255)); // no variable can hold a zero
      }
      assertThat(run(query, "ready").exitCode()).as("seed %d", seed).isZero();
      assertThat(replacementsOnce(fields(take()).get("query")))
          .as("seed %d", seed)
          .isEqualTo(replacementsOnce(new String(query, StandardCharsets.UTF_8)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {'x', '"', 1, 0xff})
  void hook_longQuery_arrivesWhole(int each) throws Exception {
    byte[] query = new byte[10_000];
    Arrays.fill(query, (byte) each);
    assertThat(run(query, "ready").exitCode()).isZero();
    Call call = take();
    assertThat(fields(call)).containsEntry("query", new String(query, StandardCharsets.UTF_8));
    assertThat(call.body()).hasSizeLessThanOrEqualTo(MAX_BODY_BYTES);
  }

  @Test
  void hook_queryThatNoBodyCanHold_isCut() throws Exception {
    byte[] query = new byte[100_000];
    Arrays.fill(query, (byte) '"');
    assertThat(run(query, "ready").exitCode()).isZero();
    Call call = take();
    assertThat(call.body()).hasSizeBetween(60_000, MAX_BODY_BYTES);
    assertThat(fields(call).get("query")).hasSizeGreaterThan(10_000).matches("\"+");
    assertThat(fields(call)).containsEntry("path", "live/news-1/in");
  }

  @Test
  void hook_secretAndQuery_areOnNoCommandLine() throws Exception {
    environment.put("LIVEDUB_HOOK_SECRET_FILE", file("secret", SECRET + "\n").toString());
    environment.put("LIVEDUB_HOOK_PAUSES", "");
    receiver.answerWith(HookReceiver.SILENCE);
    Process process = shell.start(directory, environment, bytes("pass=QU3RY"), "ready");
    Call call = take();
    List<String> commands =
        process.descendants().map(each -> each.info().commandLine().orElse("")).toList();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

    assertThat(call.header("X-livedub-hook-secret")).isEqualTo(SECRET);
    assertThat(commands)
        .anyMatch(line -> line.contains("curl -q") || line.contains("read -r version"));
    assertThat(String.join("\n", commands)).doesNotContain("S3CRET").doesNotContain("QU3RY");
    assertThat(Files.readString(directory.resolve("err")))
        .isEqualTo(
            "livedub-hook: ready of live/news-1/in: no answer from "
                + receiver.url()
                + " after 1 attempts\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, 408})
  void hook_refusedForNow_isTriedAgain(int status) throws Exception {
    receiver.answerWith(status, status);
    assertThat(run(bytes(""), "ready")).isEqualTo(new Outcome(0, "", ""));
    assertThat(receiver.calls()).hasSize(3);
  }

  @Test
  void hook_refusedForNowAgainAndAgain_givesUp() {
    receiver.answerWith(500, 502, 503, 500);
    Outcome outcome = run(bytes("pass=QU3RY"), "not-ready");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "livedub-hook: not-ready of live/news-1/in: HTTP 503 from "
                + receiver.url()
                + " after 3 attempts\n");
    assertThat(receiver.calls()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "400, the path is not that of an ingest",
    "401, LIVEDUB_HOOK_SECRET_FILE",
    "404, LIVEDUB_URL",
    "413, expected 202",
    "200, expected 202",
    "302, expected 202",
  })
  void hook_refusedForGood_isNotTriedAgain(int status, String why) throws Exception {
    environment.put("LIVEDUB_HOOK_SECRET_FILE", file("secret", SECRET).toString());
    receiver.answerWith(status);
    Outcome outcome = run(bytes("pass=QU3RY"), "ready");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("livedub-hook: ready of live/news-1/in: HTTP " + status + " from ")
        .contains(why)
        .doesNotContain("S3CRET")
        .doesNotContain("QU3RY");
    assertThat(receiver.calls()).hasSize(1);
  }

  @Test
  void hook_nobodyThere_givesUpWithOneLine() throws Exception {
    int port = FreePorts.next();
    environment.put("LIVEDUB_URL", "http://127.0.0.1:" + port + "/");
    Outcome outcome = run(bytes("pass=QU3RY"), "ready");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "livedub-hook: ready of live/news-1/in: no answer from http://127.0.0.1:"
                + port
                + " after 3 attempts\n");
  }

  @Test
  void hook_behindAPrefix_isCalledThere() throws Exception {
    environment.put("LIVEDUB_URL", receiver.url() + "/dub/");
    assertThat(run(bytes(""), "ready").exitCode()).isZero();
    assertThat(take().target()).isEqualTo("/dub/v1/mediamtx/events/ready");
  }

  @Test
  void hook_calledWrong_saysHow() {
    assertThat(run(bytes("")).err())
        .isEqualTo("livedub-hook: usage: livedub-hook ready|not-ready\n");
    assertThat(run(bytes(""), "redy").exitCode()).isEqualTo(2);
    assertThat(run(bytes(""), "ready", "ready").exitCode()).isEqualTo(2);
    environment.remove("MTX_PATH");
    assertThat(run(bytes(""), "ready").err()).contains("MTX_PATH is not set");
    assertThat(receiver.calls()).isEmpty();
  }

  @Test
  void hook_setUpWrong_saysWhatWasExpected() throws Exception {
    environment.put("LIVEDUB_HOOK_SECRET_FILE", directory + "/none");
    assertThat(run(bytes(""), "ready").err()).contains("expected a file this user may read");
    environment.put("LIVEDUB_HOOK_SECRET_FILE", file("empty", "\n").toString());
    assertThat(run(bytes(""), "ready").err()).contains("expected one line of ASCII");
    environment.put("LIVEDUB_HOOK_SECRET_FILE", file("blank", "S3CRET S3CRET").toString());
    assertThat(run(bytes(""), "ready"))
        .isEqualTo(
            new Outcome(
                10,
                "",
                "livedub-hook: LIVEDUB_HOOK_SECRET_FILE: expected one line of ASCII without"
                    + " blanks\n"));
    environment.remove("LIVEDUB_HOOK_SECRET_FILE");
    for (String url : List.of("http://u:S3CRET@h", "ftp://h", "127.0.0.1:8080", "http://h/\"x")) {
      environment.put("LIVEDUB_URL", url);
      Outcome outcome = run(bytes(""), "ready");
      assertThat(outcome.exitCode()).isEqualTo(10);
      assertThat(outcome.err()).startsWith("livedub-hook: LIVEDUB_URL: ").doesNotContain("S3CRET");
    }
    assertThat(receiver.calls()).isEmpty();
  }

  @Test
  void hook_strangePath_isNotShownAsItIs() {
    environment.put("MTX_PATH", "live/\u001b[31m\"x\n/in");
    receiver.answerWith(400);
    Outcome outcome = run(bytes(""), "ready");
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("livedub-hook: ready of live/?[31m?x?/in: HTTP 400");
  }

  private Outcome run(byte[] query, String... arguments) {
    return shell.run(directory, environment, query, arguments);
  }

  private Call take() throws InterruptedException {
    return Objects.requireNonNull(
        receiver.calls().poll(LIMIT_SECONDS, TimeUnit.SECONDS), "no call came");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** How many replacements stand for a broken sequence is left to whoever decodes it. */
  private static String replacementsOnce(String text) {
    return text.replaceAll("\uFFFD+", "\uFFFD");
  }

  private static Map<String, String> fields(Call call) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    JsonFactory strict =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser parser = strict.createParser(call.body())) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
        fields.put(name, parser.getText());
      }
      assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
      ByteArrayOutputStream rest = new ByteArrayOutputStream();
      parser.releaseBuffered(rest);
      assertThat(rest.size()).isZero();
    }
    return fields;
  }
}
