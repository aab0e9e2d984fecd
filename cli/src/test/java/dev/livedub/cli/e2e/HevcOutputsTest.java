package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.livedub.cli.e2e.SourceClip.Layout;
import dev.livedub.cli.e2e.SourceClip.Look;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import dev.livedub.testkit.thirdparty.GstRtspServer;
import dev.livedub.testkit.thirdparty.MediaMtx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H.265, which classic RTMP servers do not know, into what can hold it. */
@Tag("e2e")
class HevcOutputsTest {

  private static final Duration ON_AIR = Duration.ofSeconds(7);
  private static final int BEGUN_BYTES = 20_000;
  private static final String OUT = "live/demo/out";

  @TempDir static Path directory;
  private static SourceClip clip;

  @BeforeAll
  static void encodeClip() {
    clip =
        SourceClip.encode(
            directory, Look.HEVC_25, Layout.AAC_STEREO_48K, ON_AIR.plus(DubRun.HEADROOM));
  }

  @Test
  void passthrough_toFiles_keepsEveryPictureAndTheStep() {
    Path transportStream = directory.resolve("out.ts");
    Path mp4 = directory.resolve("out.mp4");
    try (GstRtspServer rtsp = serve();
        Livedub livedub = dub(rtsp, transportStream.toString(), mp4.toString())) {
      livedub
          .process()
          .awaitReady(
              "a file", DubRun.START_LIMIT, () -> transportStream.toFile().length() > BEGUN_BYTES);
      livedub.staysAliveFor(ON_AIR);
      assertThat(livedub.stop()).as(livedub.output()).isZero();
    }
    for (Path file : List.of(transportStream, mp4)) {
      Recording recording = new Recording(file);
      recording.hasEveryPictureOf(clip, ON_AIR);
      recording.hasAscendingTimestampsOf(clip, 0);
      recording.isInStepWith(clip);
      recording.hasSoundWithoutHole();
    }
  }

  @Test
  void passthrough_toMediaMtx_keepsEveryPicture() {
    assumeTrue(MediaMtx.executable().isPresent(), "no mediamtx on the PATH");
    // ffmpeg before 6.1 does not play H.265 by RTMP.
    Path played = directory.resolve("played.mp4");
    try (GstRtspServer rtsp = serve();
        MediaMtx server = MediaMtx.start();
        Livedub livedub = dub(rtsp, server.rtmpUrl(OUT))) {
      livedub
          .process()
          .awaitReady("output at MediaMTX", DubRun.START_LIMIT, () -> server.isPublished(OUT));
      try (Ffmpeg recorder = Ffmpeg.record(server.rtspUrl(OUT), played)) {
        recorder.awaitOutput(DubRun.START_LIMIT);
        livedub.staysAliveFor(ON_AIR);
        recorder.stop();
      }
      assertThat(livedub.stop()).as(livedub.output()).isZero();
    }
    new Recording(played).hasEveryPictureOf(clip, ON_AIR);
  }

  private static GstRtspServer serve() {
    return GstRtspServer.ofFile("live/demo/in", clip.file(), clip.picture(), clip.sound());
  }

  private static Livedub dub(GstRtspServer rtsp, String... outputs) {
    List<String> options =
        new ArrayList<>(
            List.of("--input", rtsp.url(), "--translator", "passthrough", "--delay", "1s"));
    for (String output : outputs) {
      options.addAll(List.of("--output", output));
    }
    return Livedub.dub(options);
  }
}
