package dev.livedub.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.http.server.ServerLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManyConnectionsTest {

  /** What may be held at once here: both ends of a connection are this process's. */
  private static final int HELD = Math.min(5_000, ConnectionRoom.upTo(20_000) - 300);

  private final List<RawClient> clients = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
  }

  @Test
  void hooks_whileThousandsOfConnectionsAreIdleOrSlow_areAnswered() throws Exception {
    assertThat(HELD).isGreaterThan(500);
    try (TestServer test = new TestServer()) {
      for (int i = 0; i < HELD; i++) {
        RawClient client = test.connect();
        clients.add(client);
        if (i % 5 == 0) {
          client.send("POST /v1/mediamtx/events/ready HTTP/1.1\r\nHost: x\r\nX-Slow: ");
        }
      }
      await().until(() -> held(test) >= HELD);
      for (int i = 0; i < 200; i++) {
        assertThat(test.ready("s" + i % 50).statusCode()).isEqualTo(202);
      }
      assertThat(held(test)).isGreaterThanOrEqualTo(HELD);
      assertThat(clients.get(HELD - 1).send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"))
          .satisfies(last -> assertThat(last.response().status()).isEqualTo(200));
    }
  }

  @Test
  void newcomer_whenAllPlacesAreTaken_takesThatOfTheLongestWaiting() throws Exception {
    try (TestServer test = new TestServer(ServerLimits.API.withConnections(3))) {
      RawClient first = hold(test);
      await().until(() -> held(test) == 1);
      RawClient second = hold(test);
      await().until(() -> held(test) == 2);
      RawClient third = hold(test);
      await().until(() -> held(test) == 3);
      // The first is heard of again, so the second has waited longest.
      assertThat(first.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").response().status())
          .isEqualTo(200);
      RawClient fourth = hold(test);
      assertThat(second.rest()).isEmpty();
      for (RawClient each : List.of(first, third, fourth)) {
        assertThat(each.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").response().status())
            .isEqualTo(200);
      }
      assertThat(test.measurements.scrape())
          .contains("orchestrator_http_connections_evicted_total 1.0");
    }
  }

  @Test
  void newcomer_whenAllPlacesAreBusy_isTurnedAway() throws Exception {
    try (TestServer test = new TestServer(ServerLimits.API.withConnections(2))) {
      test.streams.tell(FakeStreams.view("a", StreamState.RUNNING, "run-1"));
      for (int i = 0; i < 2; i++) {
        RawClient listener = hold(test);
        listener.send("GET /v1/streams/a/events HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(listener.head().status()).isEqualTo(200);
      }
      assertThat(hold(test).isEnded()).isTrue();
      assertThat(test.streams.listenersOf("a")).isEqualTo(2);
    }
  }

  private RawClient hold(TestServer test) throws IOException {
    RawClient client = test.connect();
    clients.add(client);
    return client;
  }

  private static int held(TestServer test) {
    return test.measurements
        .scrape()
        .lines()
        .filter(line -> line.startsWith("orchestrator_http_connections "))
        .mapToInt(line -> (int) Double.parseDouble(line.split(" ", -1)[1]))
        .sum();
  }
}
