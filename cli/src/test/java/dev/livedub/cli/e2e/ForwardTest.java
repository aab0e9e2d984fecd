package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.e2e.SourceClip.Layout;
import dev.livedub.cli.e2e.SourceClip.Look;
import dev.livedub.testkit.thirdparty.GstRtspServer;
import dev.livedub.testkit.thirdparty.NginxRtmp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code livedub forward} as a process, from GStreamer's RTSP server to nginx-rtmp. */
@Tag("e2e")
class ForwardTest {

  private static final Duration EXIT_LIMIT = Duration.ofSeconds(60);
  private static final Duration ON_AIR = Duration.ofSeconds(10);
  private static final int BEGUN_BYTES = 20_000;

  @TempDir static Path directory;
  private static SourceClip clip;

  @BeforeAll
  static void encodeClip() {
    clip =
        SourceClip.encode(
            directory, Look.B_FRAMES_25, Layout.AAC_STEREO_48K, ON_AIR.plus(DubRun.HEADROOM));
  }

  @Test
  void forward_toNginx_keepsEveryAccessUnitAndTheStep() {
    try (GstreamerAndNginx servers = new GstreamerAndNginx(clip)) {
      Recording recording;
      try (Livedub livedub =
          forward("--input", servers.inputUrl(), "--output", servers.outputUrl())) {
        servers.awaitOnAir(livedub, DubRun.START_LIMIT);
        livedub.staysAliveFor(ON_AIR);
        assertThat(livedub.stop()).as(livedub.output()).isZero();
        recording = new Recording(servers.recording());
      }
      recording.hasEveryPictureOf(clip, ON_AIR);
      recording.hasAscendingTimestampsOf(clip, servers.roundings());
      recording.hasEverySoundOf(clip);
      recording.isInStepWith(clip);
    }
  }

  @Test
  void forward_oneOfTwoDenied_servesTheOtherAndEndsWith30() {
    Path file = directory.resolve("beside.flv");
    try (GstRtspServer rtsp = serve(clip);
        NginxRtmp nginx = NginxRtmp.startDenying("live/demo");
        Livedub livedub =
            forward("--input", rtsp.url(), "--output", nginx.url("x"), "--output", "" + file)) {
      livedub
          .process()
          .awaitReady("a file", DubRun.START_LIMIT, () -> file.toFile().length() > BEGUN_BYTES);
      livedub.staysAliveFor(ON_AIR);
      assertThat(nginx.denials()).isPositive();
      assertThat(livedub.stop()).as(livedub.output()).isEqualTo(30);
      assertThat(livedub.output()).contains("\"event\":\"output_failed\"");
    }
    new Recording(file).hasEveryPictureOf(clip, ON_AIR);
  }

  @Test
  void forward_onlyDestinationDenied_endsWith30() {
    try (GstRtspServer rtsp = serve(clip);
        NginxRtmp nginx = NginxRtmp.startDenying("live/demo");
        Livedub livedub = forward("--input", rtsp.url(), "--output", nginx.url("x"))) {
      assertThat(livedub.awaitExit(EXIT_LIMIT)).as(livedub.output()).isEqualTo(30);
    }
  }

  @Test
  void forward_inputThatNobodyServes_endsWith20() {
    try (GstRtspServer rtsp = serve(clip);
        NginxRtmp nginx = NginxRtmp.start("live/demo");
        Livedub livedub =
            forward(
                "--input", rtsp.url().replace("/in", "/nobody"),
                "--output", nginx.url("x"),
                "--ready-timeout", "3s")) {
      assertThat(livedub.awaitExit(EXIT_LIMIT)).as(livedub.output()).isEqualTo(20);
    }
  }

  @Test
  void forward_destinationThatNeverAnswers_endsWith40() {
    try (GstRtspServer rtsp = serve(clip);
        Livedub livedub =
            forward(
                "--input", rtsp.url(),
                "--output", "rtmp://127.0.0.1:1/live/x",
                "--reconnect-timeout", "2s")) {
      assertThat(livedub.awaitExit(EXIT_LIMIT)).as(livedub.output()).isEqualTo(40);
    }
  }

  @Test
  void forward_keyInAFile_isNeitherInTheProcessListNorInTheLog() throws IOException {
    try (GstRtspServer rtsp = serve(clip);
        NginxRtmp nginx = NginxRtmp.startRecording("live/demo")) {
      Path secret = Files.writeString(directory.resolve("url"), nginx.url("x?key=S3CRET") + "\n");
      List<String> arguments = List.of("--input", rtsp.url(), "--output-file", "" + secret);
      try (Livedub livedub = Livedub.run("forward", arguments, Map.of())) {
        long pid = livedub.process().pid();
        livedub
            .process()
            .awaitReady(
                "output at nginx",
                DubRun.START_LIMIT,
                () -> nginx.recording("x").toFile().length() > BEGUN_BYTES);
        byte[] commandLine = Files.readAllBytes(Path.of("/proc", "" + pid, "cmdline"));
        assertThat(new String(commandLine, StandardCharsets.UTF_8))
            .contains("--output-file")
            .doesNotContain("S3CRET");
        assertThat(livedub.stop()).isZero();
        assertThat(livedub.output()).contains("key=***").doesNotContain("S3CRET");
      }
    }
  }

  private static Livedub forward(String... arguments) {
    return Livedub.run("forward", new ArrayList<>(List.of(arguments)), Map.of());
  }

  private static GstRtspServer serve(SourceClip clip) {
    return GstRtspServer.ofFile("live/demo/in", clip.file(), clip.picture(), clip.sound());
  }
}
