package dev.livedub.cli.mediamtx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.livedub.cli.mediamtx.HookReceiver.Call;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import dev.livedub.testkit.thirdparty.MediaMtx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real MediaMTX with {@code mediamtx/mediamtx.yml}, all but ports and places as it is. */
@Tag("e2e")
class MediaMtxSetupTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String CREDENTIALS = "?user=publisher&pass=" + SetUpMediaMtx.PASSWORD;

  @TempDir static Path clips;
  private static Path clip;

  @TempDir Path directory;
  private HookReceiver receiver;
  private SetUpMediaMtx mediamtx;

  @BeforeAll
  static void needsMediaMtx() {
    assumeTrue(MediaMtx.executable().isPresent(), "no mediamtx on the PATH");
    clip = clips.resolve("clip.mp4");
    Ffmpeg.run(
        Duration.ofMinutes(2),
        List.of(
            "-f",
            "lavfi",
            "-i",
            "testsrc=size=320x180:rate=25:duration=10",
            "-f",
            "lavfi",
            "-i",
            "sine=duration=10",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-g",
            "25",
            "-c:a",
            "aac",
            clip.toString()));
  }

  @BeforeEach
  void start() throws IOException {
    receiver = new HookReceiver();
    mediamtx =
        new SetUpMediaMtx(
            directory,
            SetUpMediaMtx.HOOK,
            Map.of("LIVEDUB_URL", receiver.url(), "LIVEDUB_HOOK_PAUSES", "1 1"));
  }

  @AfterEach
  void close() {
    if (mediamtx != null) {
      mediamtx.close();
      receiver.close();
    }
  }

  @Test
  void publisher_comesAndGoes_livedubHearsOfBoth() throws Exception {
    Call ready;
    try (Ffmpeg publisher = publish(rtmp("live/a-1/in" + CREDENTIALS + "&lang=pt-BR&x=%22"))) {
      ready = take(publisher);
      assertThat(ready.target()).isEqualTo("/v1/mediamtx/events/ready");
      assertThat(ready.text())
          .contains("\"path\":\"live/a-1/in\"", "\"sourceType\":\"rtmpConn\"")
          // MediaMTX escapes the query as a whole.
          .contains("lang%3Dpt-BR%26x%3D%2522");
      assertThat(get(mediamtx.api(), "/v3/paths/get/live%2Fa-1%2Fin")).contains("\"online\":true");
      publisher.stop();
    }
    Call notReady = take(null);
    assertThat(notReady.target()).isEqualTo("/v1/mediamtx/events/not-ready");
    assertThat(notReady.text()).isEqualTo(ready.text());
    assertThat(receiver.calls()).isEmpty();
    assertThat(mediamtx.process().output())
        .doesNotContain("deprecated")
        .doesNotContain(SetUpMediaMtx.PASSWORD);
  }

  @Test
  void publisher_byRtsp_isHeardOfToo() throws Exception {
    String user = "rtsp://publisher:" + SetUpMediaMtx.PASSWORD + "@";
    String url = mediamtx.rtsp().replace("rtsp://", user) + "/live/b/in";
    try (Ffmpeg publisher = publish(url)) {
      assertThat(take(publisher).text()).contains("\"sourceType\":\"rtspSession\"");
    }
  }

  @Test
  void dub_onLoopback_isPublishedWithoutPasswordAndWithoutHook() throws Exception {
    try (Ffmpeg dub = publish(rtmp("live/a/out"))) {
      mediamtx.process().awaitLine("is publishing to path 'live/a/out'", LIMIT);
      Path recording = directory.resolve("out.flv");
      try (Ffmpeg player = Ffmpeg.record(rtmp("live/a/out"), recording)) {
        player.awaitOutput(LIMIT);
      }
      assertThat(dub.process().isAlive()).isTrue();
    }
    mediamtx.process().awaitLine("closed: ", LIMIT);
    assertThat(receiver.calls()).isEmpty();
    assertThat(mediamtx.process().output()).doesNotContain("command started");
  }

  @Test
  void publisher_withoutPasswordOrElsewhere_isRefused() throws Exception {
    List<String> refused =
        List.of(
            "live/a/in",
            "live/a/in?user=publisher&pass=wrong",
            "live/a.b/in" + CREDENTIALS,
            "live/a/in/b" + CREDENTIALS,
            "other" + CREDENTIALS);
    for (String path : refused) {
      try (Ffmpeg publisher = publish(rtmp(path))) {
        assertThat(publisher.process().awaitExit(LIMIT)).as(path).isNotZero();
      }
    }
    assertThat(mediamtx.process().output()).doesNotContain("is publishing");
    assertThat(receiver.calls()).isEmpty();
  }

  @Test
  void hook_thatFails_saysSoInTheLogOfMediaMtx() throws Exception {
    receiver.answerWith(400);
    try (Ffmpeg publisher = publish(rtmp("live/a/in" + CREDENTIALS))) {
      take(publisher);
      mediamtx.process().awaitLine("livedub-hook: ready of live/a/in: HTTP 400", LIMIT);
      assertThat(publisher.process().isAlive()).isTrue();
    }
  }

  @Test
  void operator_onLoopback_reachesApiAndMetrics() throws Exception {
    assertThat(get(mediamtx.api(), "/v3/paths/list")).contains("\"items\":[]");
    assertThat(get(mediamtx.metrics(), "/metrics")).contains("rtmp_conns");
    assertThat(get(mediamtx.api(), "/v3/config/global/get"))
        .contains("\"hls\":false", "\"webrtc\":false", "\"srt\":false", "\"moq\":false");
    assertThat(get(mediamtx.api(), "/v3/config/pathdefaults/get"))
        .contains("\"record\":false", "\"useAbsoluteTimestamp\":true");
  }

  private Ffmpeg publish(String url) {
    return Ffmpeg.publish(clip, url);
  }

  private String rtmp(String path) {
    return mediamtx.rtmpUrl(path);
  }

  private static String get(String address, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).timeout(LIMIT).build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private Call take(@Nullable Ffmpeg publisher) throws InterruptedException {
    return Objects.requireNonNull(
        receiver.calls().poll(LIMIT.toSeconds(), TimeUnit.SECONDS),
        () ->
            "no hook came\n"
                + mediamtx.process().output()
                + (publisher == null ? "" : publisher.output()));
  }
}
