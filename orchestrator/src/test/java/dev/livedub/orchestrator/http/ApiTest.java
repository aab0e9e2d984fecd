package dev.livedub.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.orchestrator.api.HookEvent;
import dev.livedub.orchestrator.api.Readiness;
import dev.livedub.orchestrator.api.StreamChange;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.http.server.ServerLimits;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {

  private static final String READY = "/v1/mediamtx/events/ready";
  private static final String NOT_READY = "/v1/mediamtx/events/not-ready";
  private static final ObjectMapper JSON = new ObjectMapper();

  private TestServer test;

  @BeforeEach
  void start() throws Exception {
    test = new TestServer();
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void ready_fromMediaMtx_isAcceptedWithTheRun() throws Exception {
    HttpResponse<String> answer =
        test.send(
            "POST",
            READY,
            "{\"path\":\"live/news-1/in\",\"query\":\"lang=es&k=\\\"\",\"sourceType\":\"rtmpConn\","
                + "\"sourceId\":\"4f\",\"later\":{\"a\":[1]}}",
            "Content-Type",
            "application/json; charset=UTF-8",
            "X-Request-Id",
            "hook-1");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("x-request-id")).hasValue("hook-1");
    assertThat(JSON.readTree(answer.body()))
        .isEqualTo(
            JSON.readTree(
                "{\"requestId\":\"hook-1\",\"streamId\":\"news-1\",\"runId\":\"run-1\","
                    + "\"state\":\"RUNNING\"}"));
    assertThat(test.streams.hooks)
        .containsExactly(
            new HookEvent("hook-1", "news-1", "live/news-1/in", "lang=es&k=\"", "rtmpConn", "4f"));
  }

  @Test
  void notReady_ofStreamNobodyKnows_isAcceptedAsIdleWithoutRun() throws Exception {
    HttpResponse<String> answer = test.postJson(NOT_READY, "{\"path\":\"live/x/in\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.get("runId").isNull()).isTrue();
    assertThat(body.get("state").textValue()).isEqualTo("IDLE");
    HookEvent event = test.streams.hooks.get(0);
    assertThat(event.query() + event.sourceType() + event.sourceId()).isEmpty();
    assertThat(event.requestId()).isEqualTo(body.get("requestId").textValue()).hasSize(16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "live/a/out",
        "live/a/in/",
        "/live/a/in",
        "live//in",
        "live/../in",
        "live/a/../b/in",
        "live/%2e%2e/in",
        "live/a%2Fb/in",
        "live/a b/in",
        "live/a/in?x=1",
        "live/a/in\\n",
        "live/ä/in",
        "LIVE/a/in",
        "other/a/in",
        "",
        "live/aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg/in"
      })
  void hooks_foreignPath_isRefusedAndChangesNothing(String path) throws Exception {
    for (String hook : new String[] {READY, NOT_READY}) {
      problem(test.postJson(hook, "{\"path\":\"" + path + "\"}"), 400, "invalid_path");
    }
    assertThat(test.streams.hooks).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | invalid_json",
        "{ | invalid_json",
        "[] | invalid_json",
        "null | invalid_json",
        "\"x\" | invalid_json",
        "{\"path\":\"live/a/in\"}{} | invalid_json",
        "{\"path\":\"live/a/in\"} x | invalid_json",
        "{\"path\":\"live/a/in\",\"path\":\"live/b/in\"} | invalid_json",
        "{'path':'live/a/in'} | invalid_json",
        "{\"path\":\"live/a/in\",\"query\":1} | invalid_json",
        "{\"path\":\"live/a/in\",\"x\":NaN} | invalid_json",
        "{\"path\":\"live/a/in\",\"sourceId\":[]} | invalid_json",
        "{} | invalid_path",
        "{\"path\":null} | invalid_path",
        "{\"path\":7} | invalid_path",
      })
  void hooks_wrongBody_isRefusedByCode(String body, String code) throws Exception {
    problem(test.postJson(READY, body), 400, code);
    assertThat(test.streams.hooks).isEmpty();
  }

  @Test
  void hooks_bodyThatIsDeepOrNoUtf8OrHasLongWord_isRefused() throws Exception {
    String deep = "{\"x\":" + "[".repeat(100) + "]".repeat(100) + "}";
    problem(test.postJson(READY, deep), 400, "invalid_json");
    String word = "{\"path\":\"live/a/in\",\"sourceType\":\"" + "x".repeat(257) + "\"}";
    problem(test.postJson(READY, word), 400, "invalid_value");
    try (RawClient client = test.connect()) {
      String body = "{\"path\":\"live/a/in\",\"query\":\"\u00ff\"}"; // sent as a single byte
      RawClient.Response answer = client.send(post(READY, body)).response();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("not UTF-8");
    }
  }

  @Test
  void hooks_refusedBody_isNotRepeatedInTheAnswer() throws Exception {
    String answer = test.postJson(READY, "{\"path\":\"live/a/in\",\"query\":hunter2}").body();
    assertThat(answer).contains("invalid_json").doesNotContain("hunter2");
    assertThat(test.postJson(READY, "{\"path\":\"live/a/out?key=hunter2\"}").body())
        .contains("invalid_path")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/jsonx",
        "application/json; charset=latin1",
        "application/merge-patch+json"
      })
  void hooksAndChanges_otherMediaType_isRefused(String type) throws Exception {
    test.ready("a");
    String hook = "{\"path\":\"live/b/in\"}";
    problem(test.send("POST", READY, hook, "Content-Type", type), 415, "unsupported_media_type");
    problem(
        test.send("PATCH", "/v1/streams/a", "{\"muted\":true}", "Content-Type", type),
        415,
        "unsupported_media_type");
    assertThat(test.streams.changes).isEmpty();
  }

  @Test
  void hooks_withoutMediaTypeOrCompressed_isRefused() throws Exception {
    problem(test.send("POST", READY, "{}"), 415, "unsupported_media_type");
    problem(
        test.send(
            "POST", READY, "{}", "Content-Type", "application/json", "Content-Encoding", "gzip"),
        415,
        "unsupported_media_type");
  }

  @Test
  void ready_beyondMaxWorkers_isRefusedForNow() throws Exception {
    test.streams.limitWorkers(1);
    assertThat(test.ready("a").statusCode()).isEqualTo(202);
    HttpResponse<String> refused = test.ready("b");
    problem(refused, 429, "max_workers");
    assertThat(refused.headers().firstValue("retry-after")).isPresent();
    assertThat(test.ready("a").statusCode()).isEqualTo(202);
  }

  @Test
  void streams_one_isShownWithUnitsAndNulls() throws Exception {
    test.ready("a");
    HttpResponse<String> answer = test.get("/v1/streams/a");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    JsonNode view = JSON.readTree(answer.body());
    assertThat(view.get("state").textValue()).isEqualTo("RUNNING");
    assertThat(view.get("since").textValue()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(view.get("delayMillis").intValue()).isEqualTo(6_000);
    assertThat(view.get("dubLagMillis").doubleValue()).isEqualTo(123.5);
    assertThat(view.get("avSyncDeltaMillis").doubleValue()).isEqualTo(-3.5);
    assertThat(view.at("/slots/fallback").intValue()).isEqualTo(1);
    assertThat(view.get("breaker").textValue()).isEqualTo("closed");
    assertThat(view.get("costUsd").doubleValue()).isEqualTo(0.25);
    assertThat(view.get("restarts").intValue()).isEqualTo(2);
    assertThat(view.at("/egress/0/state").textValue()).isEqualTo("FORWARDING");
    assertThat(view.at("/worker/audioQueueMillis").isNull()).isTrue();
    assertThat(view.at("/worker/translator").isNull()).isTrue();
    assertThat(view.at("/worker/background").textValue()).isEqualTo("SEPARATE");
    assertThat(JSON.readTree(test.get("/v1/streams").body()).at("/streams/0")).isEqualTo(view);
  }

  @Test
  void streams_none_isAnEmptyList() throws Exception {
    assertThat(test.get("/v1/streams").body()).isEqualTo("{\"streams\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "restart"})
  void operatorsWord_isAcceptedWithTheStream(String word) throws Exception {
    test.ready("a");
    HttpResponse<String> answer = test.send("POST", "/v1/streams/a/" + word, "");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(JSON.readTree(answer.body()).get("state").textValue())
        .isEqualTo(word.equals("stop") ? "STOPPING" : "STARTING");
    problem(test.send("POST", "/v1/streams/b/" + word, ""), 404, "not_found");
  }

  @Test
  void change_everything_reachesTheStream() throws Exception {
    test.ready("a");
    HttpResponse<String> answer =
        test.patch(
            "/v1/streams/a",
            "{\"targetLang\":\"pt-BR\",\"muted\":true,\"bypass\":false,\"duckDb\":-12.5,"
                + "\"egress\":{\"youtube\":false}}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).get("targetLang").textValue()).isEqualTo("pt-BR");
    assertThat(test.streams.changes)
        .containsExactly(
            new StreamChange(
                new LiveChange(
                    Optional.of("pt-BR"),
                    Optional.of(true),
                    Optional.of(false),
                    OptionalDouble.of(-12.5)),
                Map.of("youtube", false)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | nothing",
        "{\"volume\":1} | \\\"volume\\\" is not a field",
        "{\"muted\":\"yes\"} | \\\"muted\\\" is not true or false",
        "{\"bypass\":null} | \\\"bypass\\\"",
        "{\"targetLang\":7} | \\\"targetLang\\\"",
        "{\"targetLang\":\"e\"} | \\\"targetLang\\\"",
        "{\"duckDb\":1} | from -60 to 0",
        "{\"duckDb\":-61} | from -60 to 0",
        "{\"duckDb\":\"-6\"} | from -60 to 0",
        "{\"duckDb\":-1e400} | from -60 to 0",
        "{\"egress\":[]} | \\\"egress\\\" is not an object",
        "{\"egress\":{}} | \\\"egress\\\" is not an object",
        "{\"egress\":{\"y t\":true}} | \\\"y t\\\" is not a destination",
        "{\"egress\":{\"yt\":1}} | \\\"egress.yt\\\" is not true or false",
        "{\"muted\":1,\"volume\":2} | ; \\\"volume\\\"",
      })
  void change_wrongValue_isRefusedByName(String body, String named) throws Exception {
    test.ready("a");
    HttpResponse<String> answer = test.patch("/v1/streams/a", body);
    problem(answer, 400, "invalid_value");
    assertThat(answer.body()).contains(named);
    assertThat(test.streams.changes).isEmpty();
  }

  @Test
  void change_withoutStreamOrWorker_isRefused() throws Exception {
    problem(test.patch("/v1/streams/a", "{\"muted\":true}"), 404, "not_found");
    test.streams.tell(FakeStreams.view("a", StreamState.IDLE, ""));
    problem(test.patch("/v1/streams/a", "{\"muted\":true}"), 409, "conflict");
    problem(test.patch("/v1/streams/a", "[1]"), 400, "invalid_json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/streams/b",
        "/v1/streams/b/events",
        "/v1/streams/b/captions.vtt",
        "/v1/streams/",
        "/v1/streams//stop",
        "/v1/streams/a/",
        "/v1/streams/%61",
        "/v1/streams/a%2F..%2Fa",
        "/v1/streams/../streams",
        "/v1/streams/a/other",
        "/v2/streams",
        "/metrics/",
        "/index.html",
        "/openapi.yaml/../openapi.yaml"
      })
  void get_whatIsNotThere_isNotFound(String path) throws Exception {
    test.ready("a");
    try (RawClient client = test.connect()) {
      RawClient.Response answer =
          client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").response();
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).contains("\"code\":\"not_found\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/mediamtx/events/ready, POST",
    "DELETE, /v1/streams, 'GET, HEAD'",
    "PUT, /v1/streams/a, 'GET, HEAD, PATCH'",
    "GET, /v1/streams/a/stop, POST",
    "POST, /, 'GET, HEAD'",
    "OPTIONS, /metrics, 'GET, HEAD'",
    "BREW, /healthz, 'GET, HEAD'",
  })
  void otherMethod_isRefusedWithTheRightOnes(String method, String path, String allow)
      throws Exception {
    HttpResponse<String> answer = test.send(method, path, "");
    problem(answer, 405, "method_not_allowed");
    assertThat(answer.headers().firstValue("allow")).hasValue(allow);
  }

  @Test
  void head_ofWhatCanBeGot_isThatWithoutBody() throws Exception {
    test.ready("a");
    for (Operation operation : Operation.all()) {
      if (operation.method().equals("GET")) {
        String path = operation.path().replace(Operation.STREAM_ID, "a");
        HttpResponse<String> answer = test.send("HEAD", path, "");
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.body()).as(path).isEmpty();
      }
    }
    assertThat(test.streams.listenersOf("a")).isZero();
  }

  @Test
  void service_paths_answerWhatTheyAre() throws Exception {
    test.ready("a");
    assertThat(test.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(test.get("/metrics").body())
        .contains("orchestrator_http_requests_total{status=\"2xx\"} 2.0");
    assertThat(test.get("/openapi.yaml").body()).startsWith("openapi: 3.1.0");
    assertThat(test.get("/openapi.yaml").headers().firstValue("content-type"))
        .hasValue("application/yaml");
    HttpResponse<String> page = test.get("/?x=1#y");
    assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .startsWith("default-src 'none'")
        .contains("script-src 'sha256-")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void readiness_no_is503WithReason() throws Exception {
    assertThat(test.get("/readyz").statusCode()).isEqualTo(200);
    test.streams.readiness = new Readiness(false, "MediaMTX does not answer");
    HttpResponse<String> answer = test.get("/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo("{\"ready\":false,\"reason\":\"MediaMTX does not answer\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "livedub:8080, livedub:8080",
    "dub.example.org, dub.example.org:80",
    "[::1]:9000, [::1]:9000",
    "[2001:db8::1], [2001:db8::1]:80"
  })
  void targets_byHost_listThisOrchestrator(String host, String target) throws Exception {
    try (RawClient client = test.connect()) {
      client.send("GET /v1/prometheus/targets HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertThat(JSON.readTree(client.response().body()))
          .isEqualTo(
              JSON.readTree(
                  "[{\"targets\":[\""
                      + target
                      + "\"],\"labels\":{\"job\":\"livedub\",\"__scheme__\":\"http\","
                      + "\"__metrics_path__\":\"/metrics\"}}]"));
    }
  }

  @Test
  void targets_hostThatIsNone_isRefused() throws Exception {
    try (RawClient client = test.connect()) {
      client.send("GET /v1/prometheus/targets HTTP/1.1\r\nHost: a/b\"\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(400);
      client.send("GET /v1/prometheus/targets HTTP/1.0\r\n\r\n");
      assertThat(client.response().body()).contains("\"127.0.0.1:" + test.port() + "\"");
    }
  }

  @Test
  void requestId_thatIsNotSane_isReplaced() throws Exception {
    for (String id : new String[] {"a b", "ä", "<x>", "a".repeat(65)}) {
      try (RawClient client = test.connect()) {
        client.send("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-Id: " + id + "\r\n\r\n");
        assertThat(client.response().headers().get("x-request-id")).matches("[0-9a-f]{16}");
      }
    }
  }

  @Test
  void answer_thatFailsOrNeverComes_isInternalAndSaysNothing() throws Exception {
    test.streams.answerNextWith(
        CompletableFuture.failedStage(new IllegalStateException("hunter2")));
    HttpResponse<String> failed = test.ready("a");
    problem(failed, 500, "internal");
    assertThat(failed.body()).doesNotContain("hunter2");
    try (TestServer hasty = new TestServer(ServerLimits.API.withAnswer(Duration.ofMillis(50)))) {
      hasty.streams.answerNextWith(new CompletableFuture<>());
      problem(hasty.ready("a"), 500, "internal");
      assertThat(hasty.ready("a").statusCode()).isEqualTo(202);
    }
  }

  static String post(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  static void problem(HttpResponse<String> answer, int status, String code) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.get("type").textValue()).isEqualTo("urn:livedub:problem:" + code);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("code").textValue()).isEqualTo(code);
    assertThat(problem.get("title").textValue()).isNotBlank();
    assertThat(problem.get("detail").textValue()).isNotBlank();
    assertThat(answer.headers().firstValue("x-request-id"))
        .hasValue(problem.get("requestId").textValue());
  }
}
