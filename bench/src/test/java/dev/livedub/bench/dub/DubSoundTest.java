package dev.livedub.bench.dub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.core.loudness.KWeighting;
import dev.livedub.core.loudness.Loudness;
import dev.livedub.testkit.measure.FfmpegMeter;
import dev.livedub.testkit.measure.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dub sounds like, as FFmpeg's ebur128 and astats see it. */
@Tag("e2e")
class DubSoundTest {

  /** Within the first minute of speech without a pause: the dub is on air all the time. */
  private static final double SPEECH_SECONDS = 20;

  /** After its end, when the original is up again: 60.9 s and the dub's last words. */
  private static final double PAUSE_SECONDS = 67;

  @TempDir private Path directory;

  @Test
  void mix_speechAndPause_isLevelDuckedAndWithoutClicks() throws IOException {
    DubSound.main(new String[] {directory.toString(), "4", "2"});
    Path source = directory.resolve("source.wav");
    Path dub = directory.resolve("dub.wav");
    Path mix = directory.resolve("mix.wav");
    Path under = directory.resolve("under.wav");
    FfmpegMeter.subtract(mix, dub, under);

    double sourceLufs = FfmpegMeter.loudness(source).integratedLufs();
    FfmpegMeter.Loudness heard = FfmpegMeter.loudness(dub);
    double duckDb = rms(under, SPEECH_SECONDS) - rms(source, SPEECH_SECONDS);
    double backgroundDb = rms(mix, PAUSE_SECONDS) - rms(source, PAUSE_SECONDS);
    System.out.printf(
        "source %.1f LUFS, dub %.1f LUFS, %.1f dBTP; original under the dub %.2f dB, in a pause"
            + " %.2f dB; clicks %.1f dBFS%n",
        sourceLufs,
        heard.integratedLufs(),
        heard.truePeakDbfs(),
        duckDb,
        backgroundDb,
        FfmpegMeter.clickDbfs(mix));

    assertThat(heard.integratedLufs()).isCloseTo(sourceLufs, within(2.0));
    assertThat(FfmpegMeter.loudness(mix).truePeakDbfs()).isLessThanOrEqualTo(-1);
    assertThat(duckDb).isLessThanOrEqualTo(-17.95);
    assertThat(backgroundDb).isBetween(-1.0, 1.0);
    assertThat(FfmpegMeter.clickDbfs(mix)).isLessThan(-50);
    try (var files = Files.list(directory)) {
      assertThat(files.filter(file -> file.toString().endsWith(".png"))).isNotEmpty();
    }
  }

  @Test
  void lufsInBoth_noise_isWhatEbur128Says() throws IOException {
    Random random = new Random(31);
    short[] stereo = new short[2 * 48_000 * 10];
    KWeighting weighting = new KWeighting(48_000);
    double power = 0;
    double brown = 0;
    for (int i = 0; i < stereo.length; i += 2) {
      brown = 0.97 * brown + random.nextGaussian() * 400;
      Arrays.fill(stereo, i, i + 2, (short) brown);
      double weighted = weighting.next(stereo[i]);
      power += weighted * weighted;
    }
    Path noise = directory.resolve("noise.wav");
    try (WavFile wav = new WavFile(noise, 48_000, 2)) {
      wav.write(stereo);
    }

    assertThat(Loudness.lufsInBoth(2 * power / stereo.length))
        .isCloseTo(FfmpegMeter.loudness(noise).integratedLufs(), within(0.1));
  }

  private static double rms(Path file, double fromSeconds) {
    return FfmpegMeter.rmsDbfs(file, fromSeconds, 2);
  }
}
