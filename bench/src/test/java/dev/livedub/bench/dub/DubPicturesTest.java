package dev.livedub.bench.dub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.testkit.measure.FfmpegMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pictures of changes on air show, as FFmpeg's astats sees it. */
@Tag("e2e")
class DubPicturesTest {

  private static final long MOST_BYTES = 150_000;

  @TempDir private Path directory;

  @Test
  void main_threeStories_areAsTheirPicturesSay() throws IOException {
    DubPictures.main(new String[] {directory.toString(), directory.toString()});

    for (String story : new String[] {"rotation", "fallback", "changes"}) {
      assertThat(Files.size(directory.resolve(story + ".png"))).isBetween(1_000L, MOST_BYTES);
    }
    assertThat(rms("rotation-dub", 0.5, 3.5))
        .as("the dub is as loud after the rotation as before")
        .isCloseTo(rms("rotation-dub", 8.5, 3.5), within(2.0));
    assertThat(rms("fallback-mix", 7.6, 3.5))
        .as("the original is back, at its level, within 5 s of the loss")
        .isCloseTo(rms("fallback-source", 7.6, 3.5), within(0.1));
    assertThat(rms("fallback-dub", 14, 4)).as("so is the dub, later").isGreaterThan(-30);
    assertThat(rms("changes-mix", 8.5, 2))
        .as("muted: the original")
        .isCloseTo(rms("changes-source", 8.5, 2), within(0.1));
  }

  private double rms(String sound, double fromSeconds, double seconds) {
    return FfmpegMeter.rmsDbfs(directory.resolve(sound + ".wav"), fromSeconds, seconds);
  }
}
