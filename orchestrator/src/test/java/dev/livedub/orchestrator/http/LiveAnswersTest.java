package dev.livedub.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livedub.core.caption.Caption;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.orchestrator.api.StreamState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveAnswersTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENTS = "/v1/streams/a/events";
  private static final String CAPTIONS = "/v1/streams/a/captions.vtt";

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

  @Test
  void events_ofStream_areViewsAndCaptionsAndHeartbeats() throws Exception {
    try (RawClient client = open(EVENTS, "HTTP/1.0")) {
      assertThat(client.head().headers())
          .containsEntry("content-type", "text/event-stream")
          .doesNotContainKey("transfer-encoding");
      assertThat(event(client)).containsExactly("retry: 2000");
      List<String> first = event(client);
      assertThat(first.get(0)).isEqualTo("event: view");
      assertThat(data(first).get("state").textValue()).isEqualTo("RUNNING");
      assertThat(event(client)).containsExactly(": heartbeat");

      test.streams.tell(FakeStreams.view("a", StreamState.GRACE, "run-1"));
      assertThat(data(next(client, "view")).get("state").textValue()).isEqualTo("GRACE");
      test.streams.tell("a", new Caption(Side.TARGET, "Hola\u2028", "es", 1_500_000, 2_000_000));
      assertThat(data(next(client, "caption")))
          .isEqualTo(
              JSON.readTree(
                  "{\"side\":\"TARGET\",\"text\":\"Hola\u2028\",\"languageTag\":\"es\","
                      + "\"startMillis\":1500,\"endMillis\":2000}"));
    }
    await().until(() -> test.streams.listenersOf("a") == 0);
  }

  @Test
  void events_toHttp11_areChunked() throws Exception {
    try (RawClient client = open(EVENTS, "HTTP/1.1")) {
      assertThat(client.head().headers())
          .containsEntry("transfer-encoding", "chunked")
          .containsEntry("connection", "close");
      assertThat(client.line()).matches("[0-9a-f]+");
      assertThat(client.line()).isEqualTo("retry: 2000");
    }
  }

  @Test
  void captions_ofStream_areCuesTimedToTheDub() throws Exception {
    try (RawClient client = open(CAPTIONS, "HTTP/1.0")) {
      assertThat(client.head().headers()).containsEntry("content-type", "text/vtt; charset=utf-8");
      assertThat(event(client)).containsExactly("WEBVTT", "Kind: captions", "Language: es");
      assertThat(event(client)).containsExactly("NOTE");
      test.streams.tell("a", new Caption(Side.SOURCE, "Hello", "en", 0, 1_000_000));
      test.streams.tell("a", new Caption(Side.TARGET, "a <b> & c", "es", 61_500_000, 63_000_000));
      List<String> cue = event(client);
      while (cue.equals(List.of("NOTE"))) {
        cue = event(client);
      }
      assertThat(cue).containsExactly("00:01:01.500 --> 00:01:03.000", "a &lt;b&gt; &amp; c");
      test.streams.tell(FakeStreams.view("a", StreamState.RUNNING, "run-2"));
      assertThat(client.rest().replace("NOTE\n\n", "")).isEmpty();
    }
    await().until(() -> test.streams.listenersOf("a") == 0);
  }

  @Test
  void listener_thatDoesNotRead_isDroppedAndTheOthersAreNot() throws Exception {
    try (RawClient slow = new RawClient(test.port(), 4_096);
        RawClient quick = open(EVENTS, "HTTP/1.0")) {
      slow.send("GET " + EVENTS + " HTTP/1.1\r\nHost: x\r\n\r\n");
      await().until(() -> test.streams.listenersOf("a") == 2);
      quick.head();
      Caption sentence = new Caption(Side.TARGET, "x".repeat(20_000), "es", 0, 1);
      int told = 0;
      // Reads each before the next is told, so that only the slow one falls behind.
      while (test.streams.listenersOf("a") == 2) {
        assertThat(++told).as("sentences a client may leave unread").isLessThan(5_000);
        test.streams.tell("a", sentence);
        next(quick, "caption");
      }
      assertThat(slow.isEnded()).isTrue();
      test.streams.tell("a", sentence);
      assertThat(next(quick, "caption")).isNotEmpty();
    }
    assertThat(test.measurements.scrape())
        .contains("orchestrator_http_listeners_dropped_total 1.0");
  }

  @Test
  void listeners_beyondTheLimit_areRefusedUntilOneGoes() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < Api.MAX_LISTENERS; i++) {
        clients.add(open(i % 2 == 0 ? EVENTS : CAPTIONS, "HTTP/1.1"));
        assertThat(clients.get(i).head().status()).isEqualTo(200);
      }
      ApiTest.problem(test.get(EVENTS), 429, "too_many_listeners");
      assertThat(test.get("/healthz").statusCode()).isEqualTo(200);
      clients.remove(0).close();
      await()
          .until(
              () -> {
                try (RawClient next = open(EVENTS, "HTTP/1.1")) {
                  return next.head().status() == 200;
                }
              });
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void close_ofServer_endsLiveAnswersAsTheyShouldEnd() throws Exception {
    try (RawClient events = open(EVENTS, "HTTP/1.1");
        RawClient captions = open(CAPTIONS, "HTTP/1.1")) {
      events.head();
      captions.head();
      test.server.close();
      assertThat(events.rest()).endsWith("\r\n0\r\n\r\n");
      assertThat(captions.rest()).endsWith("\r\n0\r\n\r\n");
    }
    assertThat(test.streams.listenersOf("a")).isZero();
  }

  private RawClient open(String path, String version) throws Exception {
    return test.connect().send("GET " + path + " " + version + "\r\nHost: x\r\n\r\n");
  }

  /** The next event of this kind. */
  private static List<String> next(RawClient client, String kind) throws Exception {
    List<String> event = event(client);
    while (!event.get(0).equals("event: " + kind)) {
      event = event(client);
    }
    return event;
  }

  /** Lines up to the next empty one. */
  private static List<String> event(RawClient client) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String line = client.line(); !line.isEmpty(); line = client.line()) {
      lines.add(line);
    }
    return lines;
  }

  private static JsonNode data(List<String> event) throws Exception {
    String line = event.get(1).substring("data: ".length());
    return JSON.readTree(line.getBytes(StandardCharsets.ISO_8859_1)); // read a byte a character
  }
}
