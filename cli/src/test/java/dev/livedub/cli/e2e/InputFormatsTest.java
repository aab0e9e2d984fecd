package dev.livedub.cli.e2e;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.livedub.cli.e2e.SourceClip.Layout;
import dev.livedub.cli.e2e.SourceClip.Look;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frame rates, bit rates and sound codecs that an RTSP server hands over. */
@Tag("e2e")
class InputFormatsTest {

  private static final Duration ON_AIR = Duration.ofSeconds(6);

  @TempDir static Path directory;

  static Stream<Arguments> formats() {
    return Stream.of(
        arguments(Look.NTSC_29_97, Layout.AAC_STEREO_48K),
        arguments(Look.FAST_50, Layout.AAC_STEREO_48K),
        arguments(Look.B_FRAMES_25, Layout.OPUS_STEREO_48K),
        arguments(Look.B_FRAMES_25, Layout.MP3_STEREO_48K),
        arguments(Look.B_FRAMES_25, Layout.G711_MONO_8K),
        arguments(Look.B_FRAMES_25, Layout.AAC_MONO_44K),
        arguments(Look.B_FRAMES_25, Layout.HE_AAC_STEREO_48K),
        arguments(Look.B_FRAMES_25, Layout.HE_AAC_V2_STEREO_48K),
        arguments(Look.B_FRAMES_25, Layout.AAC_5_1_48K));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void passthrough_ofAnyFormat_keepsEveryPictureAndTheStep(Look look, Layout layout) {
    SourceClip clip = SourceClip.encode(directory, look, layout, ON_AIR.plus(DubRun.HEADROOM));
    try (ServerPair servers = new GstreamerAndNginx(clip)) {
      Recording recording =
          new Recording(
              DubRun.dub(servers, ON_AIR, "--translator", "passthrough", "--delay", "1s"));
      recording.hasEveryPictureOf(clip, ON_AIR);
      recording.hasAscendingTimestampsOf(clip, servers.roundings());
      recording.isInStepWith(clip);
      recording.hasSoundWithoutHole();
    }
  }
}
