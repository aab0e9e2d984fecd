package dev.livedub.cli.e2e;

import static dev.livedub.cli.e2e.DubRun.DELAY;
import static dev.livedub.cli.e2e.DubRun.HEADROOM;
import static dev.livedub.cli.e2e.DubRun.ON_AIR;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds between any two servers. */
abstract class ServerPairContract {

  private static final Duration SHORT = Duration.ofSeconds(8);

  @TempDir static Path directory;
  private static SourceClip clip;

  /** Starts the servers, with {@code clip} on air at the first. */
  abstract ServerPair start(SourceClip clip, Path directory);

  @BeforeAll
  static void encodeClip() {
    clip =
        SourceClip.encode(
            directory,
            SourceClip.Look.B_FRAMES_25,
            SourceClip.Layout.AAC_STEREO_48K,
            ON_AIR.plus(DELAY).plus(HEADROOM));
  }

  @Test
  void passthrough_keepsEveryPictureAndTheStep() {
    try (ServerPair servers = start(clip, directory)) {
      Recording recording =
          dub(servers, ON_AIR, "--translator", "passthrough", "--delay", DELAY.toSeconds() + "s");
      recording.hasEveryPictureOf(clip, ON_AIR);
      recording.hasAscendingTimestampsOf(clip, servers.roundings());
      recording.isInStepWith(clip);
      recording.hasSoundWithoutHole();
    }
  }

  @Test
  void bypass_keepsEveryPictureAndTheStep() {
    try (ServerPair servers = start(clip, directory)) {
      Recording recording = dub(servers, SHORT, "--translator", "bypass", "--delay", "0s");
      recording.hasEveryPictureOf(clip, SHORT);
      recording.hasAscendingTimestampsOf(clip, servers.roundings());
      recording.isInStepWith(clip);
    }
  }

  @Test
  void tone_keepsEveryPictureAndGapFreeSound() {
    try (ServerPair servers = start(clip, directory)) {
      Recording recording = dub(servers, SHORT, "--translator", "tone", "--delay", "2s");
      recording.hasEveryPictureOf(clip, SHORT);
      recording.hasAscendingTimestampsOf(clip, servers.roundings());
      recording.hasSoundWithoutHole();
    }
  }

  private static Recording dub(ServerPair servers, Duration onAir, String... options) {
    return new Recording(DubRun.dub(servers, onAir, options));
  }
}
