package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.livedub.cli.e2e.SourceClip.Layout;
import dev.livedub.cli.e2e.SourceClip.Look;
import dev.livedub.testkit.measure.AvOffset;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import dev.livedub.testkit.thirdparty.MediaMtx;
import dev.livedub.testkit.thirdparty.NginxRtmp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A dub's output as MediaMTX hands it on: published by RTMP with B-frames, forwarded to nginx-rtmp.
 * By RTMP it stays in step; by RTSP MediaMTX itself moves the sound, for every reader alike.
 */
@Tag("e2e")
class ForwardMediaMtxTest {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration ON_AIR = Duration.ofSeconds(12);
  private static final double STEP_LIMIT_MILLIS = 20;
  private static final int BEGUN_BYTES = 20_000;
  private static final String OUT = "live/demo/out";

  @TempDir static Path directory;
  private static SourceClip clip;

  @BeforeAll
  static void needsMediaMtx() {
    assumeTrue(MediaMtx.executable().isPresent(), "no mediamtx on the PATH");
    clip =
        SourceClip.encode(
            directory, Look.B_FRAMES_25, Layout.AAC_STEREO_48K, ON_AIR.plus(DubRun.HEADROOM));
  }

  @ParameterizedTest
  @CsvSource({"rtmp, true", "rtmp, false", "rtsp, true", "rtsp, false"})
  void forward_rtmpPublishedPath_staysInStepByRtmp(String scheme, boolean absolute) {
    String settings = "useAbsoluteTimestamp: " + (absolute ? "yes" : "no");
    try (MediaMtx server = MediaMtx.start(settings);
        NginxRtmp nginx = NginxRtmp.startRecording("live/demo");
        Ffmpeg publisher = Ffmpeg.publish(clip.file(), server.rtmpUrl(OUT))) {
      server.awaitPublished(OUT, START_LIMIT);
      String input = scheme.equals("rtmp") ? server.rtmpUrl(OUT) : server.rtspUrl(OUT);
      List<String> arguments = List.of("--input", input, "--output", nginx.url("there"));
      try (Livedub livedub = Livedub.run("forward", arguments, Map.of())) {
        livedub
            .process()
            .awaitReady(
                "output at nginx",
                DubRun.START_LIMIT,
                () -> nginx.recording("there").toFile().length() > BEGUN_BYTES);
        livedub.staysAliveFor(ON_AIR);
        assertThat(livedub.stop()).as(livedub.output()).isZero();
      }
      Recording recording = new Recording(nginx.recording("there"));
      recording.hasEveryPictureOf(clip, ON_AIR);
      AvOffset offset = AvOffset.measure(nginx.recording("there"));
      double sourceMillis = AvOffset.measure(clip.file()).meanMillis();
      System.out.printf(
          "forwarded by %s, absolute timestamps %s: %s (source: %.2f ms)%n",
          scheme, absolute, offset, sourceMillis);
      assertThat(offset.offsets()).hasSizeGreaterThanOrEqualTo(3);
      if (scheme.equals("rtmp")) {
        assertThat(Math.abs(offset.meanMillis() - sourceMillis))
            .isLessThanOrEqualTo(STEP_LIMIT_MILLIS);
      }
    }
  }
}
