package dev.livedub.testkit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.testkit.clip.ClipGenerator;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.clip.SoundCodec;
import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvOffsetTest {
  @TempDir Path directory;

  @BeforeAll
  static void quiet() {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip.mp4", "clip.flv", "clip.ts", "clip.mkv"})
  void measure_generatedClip_isWithinAMillisecond(String name) {
    AvOffset offset = written(ClipSpec.builder(), name);

    assertThat(offset.maxAbsMillis()).as(offset.toString()).isLessThan(1);
    assertThat(offset.offsets()).hasSize(3);
    assertThat(offset.flashes()).isEqualTo(3);
    assertThat(offset.beeps()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "AAC, 48000, 1",
    "AAC, 44100, 2",
    "AAC, 48000, 6",
    "OPUS, 48000, 2",
    "MP3, 44100, 2",
    "PCM_ALAW, 8000, 1",
    "PCM_MULAW, 8000, 1"
  })
  void measure_anySound_isWithinAMillisecond(SoundCodec codec, int rateHz, int channels) {
    AvOffset offset = written(ClipSpec.builder().sound(codec, rateHz, channels), "clip.mkv");

    assertThat(offset.maxAbsMillis()).as(offset.toString()).isLessThan(1);
    assertThat(offset.offsets()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {37, -80, 5, 300, -2})
  void measure_shiftedSound_isMeasuredWithinAMillisecond(int shiftMillis) {
    AvOffset offset =
        written(ClipSpec.builder().soundShift(Duration.ofMillis(shiftMillis)), "clip.flv");

    assertThat(offset.offsets()).as(offset.toString()).hasSize(3);
    assertThat(offset.offsets())
        .allSatisfy(o -> assertThat(o.offsetMillis()).isCloseTo(shiftMillis, within(1.0)));
    assertThat(offset.meanMillis()).isCloseTo(shiftMillis, within(0.7));
  }

  @Test
  void measure_ntscAndVariableRate_isWithinAMillisecond() {
    AvOffset ntsc = written(ClipSpec.builder().frameRate(30_000, 1001), "ntsc.ts");
    AvOffset variable = written(ClipSpec.builder().variableFrameRate(30), "variable.ts");

    assertThat(ntsc.maxAbsMillis()).as(ntsc.toString()).isLessThan(1);
    assertThat(variable.maxAbsMillis()).as(variable.toString()).isLessThan(1);
  }

  @Test
  void measure_withoutSound_pairsNothingAndHoldsNoBound() {
    AvOffset offset = written(ClipSpec.builder().withoutSound(), "clip.flv");

    assertThat(offset.flashes()).isEqualTo(3);
    assertThat(offset.offsets()).isEmpty();
    assertThat(offset.maxAbsMillis()).isNaN();
  }

  private AvOffset written(ClipSpec.Builder builder, String name) {
    Path file = directory.resolve(name);
    ClipGenerator.write(builder.build(), file);
    return AvOffset.measure(file);
  }
}
