package dev.livedub.testkit.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each launcher serves what it says to a client of yet another project. */
@Tag("e2e")
class ThirdPartyServersTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path directory;
  private static Path clip;

  @BeforeAll
  static void makeClip() {
    clip = directory.resolve("clip.mp4");
    Ffmpeg.run(
        LIMIT,
        List.of(
            ("-f lavfi -i testsrc2=size=320x180:rate=25 -f lavfi -i sine=frequency=440:sample_rate=48000"
                    + " -t 6 -c:v libx264 -preset veryfast -pix_fmt yuv420p -g 25 -c:a aac "
                    + clip)
                .split(" ")));
  }

  @Test
  void gstRtspServer_ofAFile_playsIt() {
    try (GstRtspServer server =
        GstRtspServer.ofFile(
            "live/demo/in", clip, GstRtspServer.Picture.H264, GstRtspServer.Sound.AAC)) {
      assertPlays(server.url());
    }
  }

  @Test
  void gstRtspServer_ofAnRtmpStream_playsIt() {
    try (NginxRtmp nginx = NginxRtmp.start("live/demo");
        Ffmpeg publisher = Ffmpeg.publish(clip, nginx.url("in"))) {
      publisher.awaitOutput(LIMIT);
      try (GstRtspServer server = GstRtspServer.ofRtmp("live/demo/in", nginx.url("in"))) {
        assertPlays(server.url());
      }
    }
  }

  @Test
  void gstRtspServer_startedAgain_playsBothPathsOnTheSamePort() {
    try (NginxRtmp nginx = NginxRtmp.start("live/demo");
        Ffmpeg publisher = Ffmpeg.publish(clip, nginx.url("out"))) {
      publisher.awaitOutput(LIMIT);
      GstRtspServer first =
          GstRtspServer.ofFileAndRtmp("live/demo/in", clip, "live/demo/out", nginx.url("out"));
      first.close();
      try (GstRtspServer second = first.startAgain()) {
        assertThat(second.address()).isEqualTo(first.address());
        assertPlays(second.url());
        assertPlays(second.address() + "/live/demo/out");
      }
    }
  }

  @Test
  void nginxRtmp_recording_writesWhatIsPublished() {
    try (NginxRtmp nginx = NginxRtmp.startRecording("live/demo")) {
      publishBriefly(nginx.url("out"));
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(probe(nginx.recording("out"))).contains("Video: h264", "Audio: aac"));
    }
  }

  @Test
  void nginxRtmp_denying_turnsPublishersAway() {
    try (NginxRtmp nginx = NginxRtmp.startDenying("live/demo")) {
      assertThatIllegalStateException().isThrownBy(() -> publishBriefly(nginx.url("out")));
      assertThat(nginx.denials()).isPositive();
    }
  }

  @Test
  void mediaMtx_fedByRtmp_playsByRtsp() {
    assumeTrue(MediaMtx.executable().isPresent(), "no mediamtx on the PATH");
    try (MediaMtx server = MediaMtx.start();
        Ffmpeg publisher = Ffmpeg.publish(clip, server.rtmpUrl("live/demo/in"))) {
      publisher.awaitOutput(LIMIT);
      server.awaitPublished("live/demo/in", LIMIT);
      assertPlays(server.rtspUrl("live/demo/in"));
    }
  }

  private static void assertPlays(String url) {
    Path file = directory.resolve("played.mp4");
    Ffmpeg.run(
        LIMIT,
        List.of("-rtsp_transport", "tcp", "-i", url, "-t", "2", "-c", "copy", file.toString()));
    assertThat(probe(file)).contains("Video: h264").contains("Audio: aac");
    assertThat(file).isRegularFile();
    assertThat(file.toFile().length()).isGreaterThan(10_000);
  }

  private static void publishBriefly(String url) {
    Ffmpeg.run(LIMIT, List.of("-i", clip.toString(), "-c", "copy", "-f", "flv", url));
  }

  private static String probe(Path file) {
    if (!Files.exists(file)) {
      return "";
    }
    try (Ffmpeg ffmpeg = Ffmpeg.start("probe", List.of("-i", file.toString()))) {
      ffmpeg.process().awaitExit(LIMIT);
      return ffmpeg.output();
    }
  }
}
