package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.e2e.SourceClip.Layout;
import dev.livedub.cli.e2e.SourceClip.Look;
import dev.livedub.testkit.thirdparty.GstRtspServer;
import dev.livedub.testkit.thirdparty.NginxRtmp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the command ends, and with which exit code. */
@Tag("e2e")
class EndingsTest {

  private static final Duration EXIT_LIMIT = Duration.ofSeconds(60);
  private static final Duration ON_AIR = Duration.ofSeconds(5);
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
  void sigterm_duringARun_writesTheTrailerAndExitsCleanly() {
    Path file = directory.resolve("stopped.mp4");
    try (GstRtspServer rtsp = serve(clip);
        Livedub livedub =
            Livedub.dub(options(rtsp.url(), file.toString(), "--translator", "passthrough"))) {
      livedub
          .process()
          .awaitReady("a file", DubRun.START_LIMIT, () -> file.toFile().length() > BEGUN_BYTES);
      livedub.staysAliveFor(ON_AIR);
      assertThat(livedub.stop()).as(livedub.output()).isZero();
    }
    // An MP4 without its trailer has no index and cannot be read at all.
    new Recording(file).hasEveryPictureOf(clip, ON_AIR);
  }

  @Test
  void publish_denied_exits30() {
    try (GstRtspServer rtsp = serve(clip);
        NginxRtmp nginx = NginxRtmp.startDenying("live/demo");
        Livedub livedub =
            Livedub.dub(options(rtsp.url(), nginx.url("out"), "--translator", "bypass"))) {
      assertThat(livedub.awaitExit(EXIT_LIMIT)).as(livedub.output()).isEqualTo(30);
      assertThat(nginx.denials()).isPositive();
    }
  }

  @Test
  void pictureCodec_thatFlvCannotCarry_exits21() {
    SourceClip mpeg4 =
        SourceClip.encode(directory, Look.MPEG4_25, Layout.AAC_STEREO_48K, Duration.ofSeconds(20));
    try (GstRtspServer rtsp = serve(mpeg4);
        NginxRtmp nginx = NginxRtmp.start("live/demo");
        Livedub livedub =
            Livedub.dub(options(rtsp.url(), nginx.url("out"), "--translator", "bypass"))) {
      assertThat(livedub.awaitExit(EXIT_LIMIT)).as(livedub.output()).isEqualTo(21);
    }
  }

  @Test
  void input_thatNobodyServes_exits20() {
    try (GstRtspServer rtsp = serve(clip);
        NginxRtmp nginx = NginxRtmp.start("live/demo");
        Livedub livedub =
            Livedub.dub(
                options(
                    rtsp.url().replace("/in", "/nobody"),
                    nginx.url("out"),
                    "--translator",
                    "bypass",
                    "--ready-timeout",
                    "3s"))) {
      assertThat(livedub.awaitExit(EXIT_LIMIT)).as(livedub.output()).isEqualTo(20);
    }
  }

  private static GstRtspServer serve(SourceClip clip) {
    return GstRtspServer.ofFile("live/demo/in", clip.file(), clip.picture(), clip.sound());
  }

  private static List<String> options(String input, String output, String... more) {
    List<String> options =
        new ArrayList<>(List.of("--input", input, "--output", output, "--delay", "0s"));
    options.addAll(List.of(more));
    return options;
  }
}
