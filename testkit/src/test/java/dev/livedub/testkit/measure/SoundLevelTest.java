package dev.livedub.testkit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.testkit.clip.ClipGenerator;
import dev.livedub.testkit.clip.ClipSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loudness and true peak of files. */
class SoundLevelTest {

  private static final int RATE_HZ = 48_000;

  @TempDir Path directory;

  /** EBU Tech 3341, case 1: 1 kHz in both channels at −23 dBFS is −23 LUFS. */
  @Test
  void of_sineInBothChannels_isAsLoudAsItsLevel() throws IOException {
    SoundLevel level = SoundLevel.of(sine(1_000, 0, -23));
    assertThat(level.integratedLufs()).isCloseTo(-23, within(0.1));
    assertThat(level.truePeakDbtp()).isCloseTo(-23, within(0.2));
  }

  /** EBU Tech 3341, case 16: a quarter of the rate, peaks half-way between samples. */
  @Test
  void of_sineWithPeaksBetweenSamples_findsThem() throws IOException {
    assertThat(SoundLevel.of(sine(RATE_HZ / 4.0, Math.PI / 4, -6)).truePeakDbtp())
        .isCloseTo(-6, within(0.2));
  }

  @Test
  @Tag("e2e")
  void of_clip_isWhatFfmpegMeasures() throws IOException {
    Path clip = directory.resolve("clip.mp4");
    ClipGenerator.write(
        ClipSpec.builder().markedSpeechAndBeeps().duration(Duration.ofSeconds(12)).build(), clip);
    FfmpegMeter.Loudness expected = FfmpegMeter.loudness(clip);
    SoundLevel level = SoundLevel.of(clip);
    assertThat(level.integratedLufs()).isCloseTo(expected.integratedLufs(), within(0.2));
    assertThat(level.truePeakDbtp()).isCloseTo(expected.truePeakDbfs(), within(0.3));
  }

  private Path sine(double hz, double phase, double dbfs) throws IOException {
    Path file = directory.resolve("sine.wav");
    short[] samples = new short[2 * RATE_HZ];
    double amplitude = 32_767 * Math.pow(10, dbfs / 20);
    try (WavFile wav = new WavFile(file, RATE_HZ, 2)) {
      for (int second = 0; second < 5; second++) {
        for (int i = 0; i < RATE_HZ; i++) {
          double at = second * (double) RATE_HZ + i;
          short sample =
              (short) Math.round(amplitude * Math.sin(2 * Math.PI * hz * at / RATE_HZ + phase));
          samples[2 * i] = sample;
          samples[2 * i + 1] = sample;
        }
        wav.write(samples);
      }
    }
    return file;
  }
}
