package dev.livedub.bench.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.measure.FfmpegMeter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A separated background as FFmpeg's ebur128 and astats see it, on recordings. */
@Tag("e2e")
class SwitchedSoundTest {

  private static final int SECONDS = SwitchedSound.SECONDS;

  @TempDir private Path directory;

  @Test
  void heard_dubSwitchedAndSeparationGivingWay_isLevelWithoutClicksAndBelowThePeak()
      throws IOException {
    SwitchedSound sound =
        SwitchedSound.of(directory, Sources.frenchWoman(SECONDS), Sources.danceMusic(SECONDS));
    System.out.println(sound.words());

    assertThat(sound.heard().switches()).as("gave way, and back").isGreaterThanOrEqualTo(2);
    assertThat(sound.heard().dubbedSlots()).as("dubbed").isGreaterThan(15);
    assertThat(sound.truePeakDbtp()).isLessThanOrEqualTo(-1);
    assertThat(sound.programmeClickDbfs()).as("nothing to hide a click").isLessThan(-55);
    assertThat(sound.clickDbfs()).isLessThan(-50);
    assertThat(sound.pauseDb()).isBetween(-1.0, 1.0);
    assertThat(FfmpegMeter.rmsDbfs(directory.resolve("heard.wav"), 2, 3))
        .as("there is a dub to be heard")
        .isGreaterThan(-40);
  }
}
