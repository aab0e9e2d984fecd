package dev.livedub.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.orchestrator.api.HookAnswer;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.http.server.ServerLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are malformed, huge, cut off, slow, or just unusual. */
class RequestReadingTest {

  private static final String READY = "/v1/mediamtx/events/ready";
  private static final String HOOK = "{\"path\":\"live/a/in\"}";
  private static final Duration SHORT = Duration.ofMillis(150);

  private TestServer test;

  @BeforeEach
  void start() throws Exception {
    test = new TestServer();
  }

  @AfterEach
  void close() {
    test.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0001\u0002 garbage\r\n\r\n",
        "GET\r\n\r\n",
        "GET /healthz\r\nHost: x\r\n\r\n",
        "GET /healthz HTTP/9.z\r\nHost: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nX\u0000Y: z\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET /healthz HTTP/1.1\nHost: x\n\n",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\nabc",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
            + "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "POST /healthz HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Length: 4\r\n\r\n0\r\n\r\n",
      })
  void request_malformed_isRefusedOnceAndClosed(String request) throws Exception {
    try (RawClient client = test.connect()) {
      client.send(request);
      RawClient.Response answer = client.response();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("\"code\":\"bad_request\"");
      assertThat(answer.headers())
          .containsEntry("connection", "close")
          .containsEntry("content-type", "application/problem+json")
          .containsKey("x-request-id");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void request_smuggledBehindAmbiguousLength_isNeverAnswered() throws Exception {
    try (RawClient client = test.connect()) {
      client.send(
          "POST "
              + READY
              + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 6\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
              + ApiTest.post(READY, HOOK));
      assertThat(client.response().status()).isEqualTo(400);
      assertThat(client.rest()).isEmpty();
    }
    assertThat(test.streams.hooks).isEmpty();
  }

  @Test
  void line_tooLong_is414AndClosed() throws Exception {
    refused("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414, "uri_too_long");
  }

  @Test
  void headers_tooLarge_are431AndClosed() throws Exception {
    String header = "X-Filler: " + "a".repeat(4_000) + "\r\n";
    refused(
        "GET /healthz HTTP/1.1\r\nHost: x\r\n" + header.repeat(5) + "\r\n",
        431,
        "headers_too_large");
  }

  @Test
  void trailers_tooLarge_are431AndClosed() throws Exception {
    String trailer = "X-Filler: " + "a".repeat(4_000) + "\r\n";
    refused(
        "POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
            + trailer.repeat(5)
            + "\r\n",
        431,
        "headers_too_large");
  }

  @Test
  void body_announcedTooLarge_is413BeforeItIsSent() throws Exception {
    refused(
        "POST " + READY + " HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n",
        413,
        "body_too_large");
  }

  @Test
  void body_chunkedTooLarge_is413ThoughItIsStillBeingSent() throws Exception {
    String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
    refused(
        "POST "
            + READY
            + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunk.repeat(20),
        413,
        "body_too_large");
  }

  @Test
  void body_ofExactly64KiB_isRead() throws Exception {
    String start = "{\"path\":\"live/a/in\",\"query\":\"";
    String body = start + "x".repeat(65_536 - start.length() - 2) + "\"}";
    try (RawClient client = test.connect()) {
      assertThat(client.send(ApiTest.post(READY, body)).response().status()).isEqualTo(202);
    }
    assertThat(test.streams.hooks.get(0).query()).hasSizeGreaterThan(65_000);
  }

  @Test
  void body_inChunksAndPieces_isPutTogether() throws Exception {
    try (RawClient client = test.connect()) {
      client.send(
          "POST "
              + READY
              + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < HOOK.length(); i++) {
        client.send("1;ext=1\r\n" + HOOK.charAt(i) + "\r\n");
      }
      assertThat(client.send("0\r\nX-Trailer: y\r\n\r\n").response().status()).isEqualTo(202);
      assertThat(client.send(get("/healthz")).response().status()).isEqualTo(200);
    }
  }

  @Test
  void body_onWhichTheClientAsks_isAskedForOrRefused() throws Exception {
    String head =
        " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
            + "Content-Length: "
            + HOOK.length()
            + "\r\n\r\n";
    try (RawClient client = test.connect()) {
      assertThat(client.send("POST " + READY + head).head().status()).isEqualTo(100);
      assertThat(client.send(HOOK).response().status()).isEqualTo(202);
    }
    refused("POST /nowhere" + head, 404, "not_found");
    refused(
        "POST " + READY + head.replace("application/json", "text/plain"),
        415,
        "unsupported_media_type");
  }

  @Test
  void request_cutOff_isForgotten() throws Exception {
    try (RawClient client = test.connect()) {
      client.send("POST " + READY + " HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{\"pa");
      client.finish();
      assertThat(client.rest()).isEmpty();
    }
    assertThat(test.streams.hooks).isEmpty();
    assertThat(test.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void client_thatEndsItsSideBehindTheRequest_isStillAnswered() throws Exception {
    CompletableFuture<HookAnswer> later = new CompletableFuture<>();
    test.streams.answerNextWith(later);
    try (RawClient client = test.connect()) {
      client.send(ApiTest.post(READY, HOOK)).finish();
      await().until(() -> !test.streams.hooks.isEmpty());
      later.complete(new HookAnswer("r", "a", "run", StreamState.STARTING));
      assertThat(client.response().status()).isEqualTo(202);
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void pipelined_thousandsAtOnce_areAnsweredInOrder() throws Exception {
    int count = 3_000;
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < count; i++) {
      requests.append("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-Id: ").append(i);
      requests.append("\r\n\r\n");
    }
    try (RawClient client = test.connect()) {
      Thread sender = new Thread(() -> sendQuietly(client, requests.toString()));
      sender.start();
      for (int i = 0; i < count; i++) {
        RawClient.Response answer = client.response();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("x-request-id", String.valueOf(i));
      }
      sender.join();
    }
  }

  @Test
  void pipelined_firstAnsweredLate_keepsItsPlace() throws Exception {
    CompletableFuture<HookAnswer> late = new CompletableFuture<>();
    test.streams.answerNextWith(late);
    try (RawClient client = test.connect()) {
      client.send(ApiTest.post(READY, HOOK) + get("/healthz") + get("/nowhere"));
      await().until(() -> !test.streams.hooks.isEmpty());
      late.complete(new HookAnswer("r", "a", "run", StreamState.STARTING));
      assertThat(client.response().status()).isEqualTo(202);
      assertThat(client.response().status()).isEqualTo(200);
      assertThat(client.response().status()).isEqualTo(404);
    }
  }

  @Test
  void connection_keptOrNot_isAsTheClientWants() throws Exception {
    try (RawClient client = test.connect()) {
      client.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(client.response().headers()).containsEntry("connection", "close");
      assertThat(client.rest()).isEmpty();
    }
    try (RawClient client = test.connect()) {
      client.send("GET /healthz HTTP/1.0\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(200);
      assertThat(client.rest()).isEmpty();
    }
    try (RawClient client = test.connect()) {
      client.send("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.response().headers()).containsEntry("connection", "keep-alive");
      assertThat(client.send(get("/healthz")).response().status()).isEqualTo(200);
    }
  }

  @Test
  void request_inAbsoluteForm_isUnderstood() throws Exception {
    try (RawClient client = test.connect()) {
      client.send("GET http://x:1/healthz?a=b HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(200);
      client.send("GET http://x:1?a=b HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.response().headers().get("content-type")).startsWith("text/html");
    }
  }

  @Test
  void sender_tooSlow_isTold408AndClosed() throws Exception {
    try (TestServer hasty = new TestServer(ServerLimits.API.withRequest(SHORT))) {
      for (String part :
          new String[] {
            "G",
            "GET /healthz HTTP/1.1\r\nHo",
            "POST " + READY + " HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{",
            get("/healthz") + "POST /v1"
          }) {
        try (RawClient client = hasty.connect()) {
          client.send(part);
          if (part.contains("healthz HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(client.response().status()).isEqualTo(200);
          }
          RawClient.Response answer = client.response();
          assertThat(answer.status()).as(part).isEqualTo(408);
          assertThat(answer.body()).contains("\"code\":\"request_timeout\"");
          assertThat(client.rest()).isEmpty();
        }
      }
    }
  }

  @Test
  void connection_thatSaysNothing_isClosedWithoutAWord() throws Exception {
    try (TestServer hasty = new TestServer(ServerLimits.API.withIdle(SHORT))) {
      try (RawClient silent = hasty.connect()) {
        assertThat(silent.rest()).isEmpty();
      }
      try (RawClient done = hasty.connect()) {
        done.send(get("/healthz"));
        assertThat(done.response().status()).isEqualTo(200);
        assertThat(done.rest()).isEmpty();
      }
    }
  }

  @Test
  void client_thatDoesNotReadItsAnswers_isClosed() throws Exception {
    try (TestServer hasty = new TestServer(ServerLimits.API.withWrite(SHORT));
        RawClient client = new RawClient(hasty.port(), 4_096)) {
      Thread sender = new Thread(() -> sendQuietly(client, get("/openapi.yaml").repeat(2_000)));
      sender.start();
      // Ends only when the server has closed the connection: the answers are never read.
      sender.join(20_000);
      assertThat(sender.isAlive()).isFalse();
      assertThat(hasty.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  private void refused(String request, int status, String code) throws Exception {
    try (RawClient client = test.connect()) {
      RawClient.Response answer = client.send(request).response();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(client.rest()).isEmpty();
    }
  }

  private static void sendQuietly(RawClient client, String text) {
    try {
      client.send(text);
    } catch (IOException e) {
      // The server need not wait for the rest.
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }
}
