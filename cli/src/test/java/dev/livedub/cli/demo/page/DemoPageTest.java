package dev.livedub.cli.demo.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.mp4.Fragment;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page's server with real connections: late, slow and leaving viewers. */
class DemoPageTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int LARGE_BYTES = 1 << 20;

  private final Channel channel = new Channel("in");
  private final HttpClient client = HttpClient.newHttpClient();
  private DemoPage page;

  @BeforeEach
  void start() throws IOException {
    page =
        DemoPage.start(
            0, List.of(channel), URI.create("http://127.0.0.1:1/events"), () -> "{\"a\":1}");
  }

  @AfterEach
  void stop() {
    page.close();
  }

  @Test
  void get_pageAndStatus_areServedAndNothingElse() throws Exception {
    HttpResponse<String> html = get("/");
    assertThat(html.statusCode()).isEqualTo(200);
    assertThat(html.body()).contains("<title>livedub demo</title>").doesNotContain("https://");
    assertThat(html.headers().firstValue("content-security-policy")).isPresent();
    assertThat(page.isWatched()).isFalse();
    assertThat(get("/status").body()).isEqualTo("{\"a\":1}");
    assertThat(page.isWatched()).isTrue();
    assertThat(get("/other").statusCode()).isEqualTo(404);
    assertThat(get("/in.mp4").statusCode()).as("nothing is published").isEqualTo(503);
    assertThat(get("/events").statusCode()).as("no orchestrator").isEqualTo(503);
    HttpRequest post =
        HttpRequest.newBuilder(page.url().resolve("/status"))
            .POST(BodyPublishers.ofString(""))
            .build();
    assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
  }

  @Test
  void watch_lateViewer_beginsWithFormatAndLatestKeyframe() throws Exception {
    channel.format("video/mp4; codecs=\"x\"", bytes("INIT "));
    channel.fragment(fragment("key1 ", true));
    channel.fragment(fragment("more1 ", false));
    channel.fragment(fragment("key2 ", true));
    channel.fragment(fragment("more2 ", false));
    HttpResponse<InputStream> late = open();
    assertThat(late.headers().firstValue("content-type")).contains("video/mp4; codecs=\"x\"");
    channel.fragment(fragment("key3 ", true));
    String expected = "INIT key2 more2 key3 ";
    assertThat(new String(late.body().readNBytes(expected.length()), StandardCharsets.UTF_8))
        .isEqualTo(expected);
  }

  @Test
  void watch_viewerLeavesOrStopsReading_isDroppedAndOthersGoOn() throws Exception {
    channel.format("video/mp4", bytes("INIT "));
    channel.fragment(fragment("key ", true));
    HttpResponse<InputStream> good = open();
    HttpResponse<InputStream> leaving = open();
    try (Socket slow = new Socket("127.0.0.1", page.url().getPort())) {
      slow.getOutputStream().write(bytes("GET /in.mp4 HTTP/1.1\r\nHost: x\r\n\r\n"));
      Awaitility.await().atMost(LIMIT).until(() -> channel.viewers() == 3);
      leaving.body().close();
      good.body().readNBytes(9);
      long sent = 0;
      while (channel.viewers() > 1 && sent < 400) {
        channel.fragment(new Fragment(new byte[LARGE_BYTES], 0, true));
        assertThat(good.body().readNBytes(LARGE_BYTES)).hasSize(LARGE_BYTES);
        sent++;
      }
      assertThat(channel.viewers()).isEqualTo(1);
      slow.setSoTimeout((int) LIMIT.toMillis());
      assertThat(drain(slow.getInputStream())).as("cut off").isLessThan(sent * LARGE_BYTES);
    }
    channel.fragment(fragment("still", false));
    assertThat(good.body().readNBytes(5)).isEqualTo(bytes("still"));
  }

  private static long drain(InputStream in) {
    long count = 0;
    byte[] buffer = new byte[LARGE_BYTES];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        count += read;
      }
    } catch (IOException e) {
      return count;
    }
    return count;
  }

  private HttpResponse<InputStream> open() throws Exception {
    return client.send(
        HttpRequest.newBuilder(page.url().resolve("/in.mp4")).build(),
        BodyHandlers.ofInputStream());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(page.url().resolve(path)).build(), BodyHandlers.ofString());
  }

  private static Fragment fragment(String text, boolean begins) {
    return new Fragment(bytes(text), 0, begins);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
