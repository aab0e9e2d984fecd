package dev.livedub.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.http.Operation.Access;
import dev.livedub.orchestrator.http.server.ServerLimits;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

  private static final String HOOK = "{\"path\":\"live/b/in\"}";
  private static final String[] TOKEN = {"Authorization", "Bearer operator-token"};

  private TestServer test;

  @BeforeEach
  void start() throws Exception {
    test =
        new TestServer(ServerLimits.API, Optional.of("operator-token"), Optional.of("hook-secret"));
  }

  @AfterEach
  void close() {
    test.close();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void call_withoutCredentials_isRefusedUnlessOpen(Operation operation) throws Exception {
    HttpResponse<String> answer =
        test.send(operation.method(), operation.path().replace(Operation.STREAM_ID, "a"), "");
    if (operation.access() == Access.OPEN) {
      assertThat(answer.statusCode()).isEqualTo(200);
    } else {
      ApiTest.problem(answer, 401, "unauthorized");
      assertThat(answer.headers().firstValue("www-authenticate").orElseThrow())
          .startsWith("Bearer");
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void call_withCredentials_isNotRefused(Operation operation) throws Exception {
    test.streams.tell(FakeStreams.view("a", StreamState.RUNNING, "run-1"));
    String secret = operation.access() == Access.HOOK ? "hook-secret" : "operator-token";
    // The head is enough where the answer goes on.
    String method = operation.method().equals("GET") ? "HEAD" : operation.method();
    HttpResponse<String> answer =
        test.send(
            method,
            operation.path().replace(Operation.STREAM_ID, "a"),
            operation.takesJson() ? HOOK : "",
            "Authorization",
            "Bearer " + secret,
            "Content-Type",
            "application/json");
    assertThat(answer.statusCode()).isIn(200, 202, 400).isNotEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong",
        "Bearer",
        "Basic operator-token",
        "operator-token",
        "Bearer hook-secret"
      })
  void token_wrong_isRefused(String authorization) throws Exception {
    ApiTest.problem(test.get("/v1/streams", "Authorization", authorization), 401, "unauthorized");
  }

  @Test
  void hookSecret_inEitherHeader_isAccepted() throws Exception {
    assertThat(hook("X-Livedub-Hook-Secret", "hook-secret").statusCode()).isEqualTo(202);
    assertThat(hook("Authorization", "bearer hook-secret").statusCode()).isEqualTo(202);
    ApiTest.problem(hook("X-Livedub-Hook-Secret", "hook-secre"), 401, "unauthorized");
    ApiTest.problem(hook(TOKEN), 401, "unauthorized");
    assertThat(test.streams.hooks).hasSize(2);
  }

  @Test
  void pathThatIsNot_withoutToken_isNotTold() throws Exception {
    ApiTest.problem(test.get("/v1/secret"), 401, "unauthorized");
    ApiTest.problem(test.get("/v1/secret", TOKEN), 404, "not_found");
    ApiTest.problem(test.send("DELETE", "/v1/streams", ""), 401, "unauthorized");
  }

  @Test
  void dashboard_inBrowserWithoutToken_isThePageThatAsksForIt() throws Exception {
    HttpResponse<String> page = test.get("/", "Accept", "text/html,*/*;q=0.8");
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.headers().firstValue("www-authenticate")).isPresent();
    assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body()).contains("<title>livedub</title>");
    assertThat(test.get("/", TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void change_fromAnotherSitesPage_isRefusedEvenWithoutToken() throws Exception {
    try (TestServer open = new TestServer()) {
      open.ready("a");
      String stop = "/v1/streams/a/stop";
      for (String site : new String[] {"cross-site", "same-site"}) {
        ApiTest.problem(open.send("POST", stop, "", "Sec-Fetch-Site", site), 401, "unauthorized");
      }
      assertThat(open.send("POST", stop, "", "Sec-Fetch-Site", "same-origin").statusCode())
          .isEqualTo(202);
      assertThat(open.get("/v1/streams/a", "Sec-Fetch-Site", "cross-site").statusCode())
          .isEqualTo(200);
    }
  }

  private HttpResponse<String> hook(String... header) throws Exception {
    return test.send(
        "POST",
        "/v1/mediamtx/events/ready",
        HOOK,
        header[0],
        header[1],
        "Content-Type",
        "application/json");
  }
}
