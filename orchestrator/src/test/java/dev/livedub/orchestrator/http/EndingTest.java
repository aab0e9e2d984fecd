package dev.livedub.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livedub.orchestrator.api.HookAnswer;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.config.HttpConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndingTest {

  private TestServer test;

  @BeforeEach
  void start() throws Exception {
    test = new TestServer();
    test.ready("a");
  }

  @AfterEach
  void close() {
    test.close();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void draining_refusesChangesAndNothingElse(Operation operation) throws Exception {
    test.server.drain();
    String path = operation.path().replace(Operation.STREAM_ID, "a");
    if (operation.isChange()) {
      HttpResponse<String> refused =
          test.send(
              operation.method(),
              path,
              "{\"path\":\"live/b/in\"}",
              "Content-Type",
              "application/json");
      ApiTest.problem(refused, 503, "draining");
      assertThat(refused.headers().firstValue("retry-after")).isPresent();
      assertThat(test.streams.hooks).hasSize(1);
    } else {
      assertThat(test.send("HEAD", path, "").statusCode())
          .isEqualTo(operation == Operation.READINESS ? 503 : 200);
    }
  }

  @Test
  void close_whileAnswersAreUnderWay_letsThemBeFinished() throws Exception {
    CompletableFuture<HookAnswer> later = new CompletableFuture<>();
    test.streams.answerNextWith(later);
    try (RawClient busy = test.connect();
        RawClient idle = test.connect()) {
      busy.send(ApiTest.post("/v1/mediamtx/events/ready", "{\"path\":\"live/b/in\"}"));
      await().until(() -> test.streams.hooks.size() == 2);
      Thread closing = new Thread(test.server::close);
      closing.start();
      assertThat(idle.isEnded()).isTrue();
      assertThat(closing.isAlive()).isTrue();
      later.complete(new HookAnswer("r", "b", "run", StreamState.STARTING));
      RawClient.Response answer = busy.response();
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.headers()).containsEntry("connection", "close");
      closing.join(10_000);
      assertThat(closing.isAlive()).isFalse();
    }
    assertThatThrownBy(test::connect).isInstanceOf(ConnectException.class);
    test.server.close();
  }

  @Test
  void start_portInUse_isRefused() {
    HttpConfig same =
        new HttpConfig(
            "127.0.0.1", test.port(), Optional.empty(), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> HttpServer.start(same, test.streams, test.measurements))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
  }
}
