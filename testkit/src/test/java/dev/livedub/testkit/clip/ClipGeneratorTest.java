package dev.livedub.testkit.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.measure.DecodedFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipGeneratorTest {
  @TempDir Path directory;

  @BeforeAll
  static void quiet() {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
  }

  private record Shown(long micros, double meanLuma, int width, boolean keyframe, char kind) {}

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void write_anyNumberOfBFrames_showsEveryPictureInOrder(int bFrames) throws Exception {
    List<Shown> shown =
        pictures(ClipSpec.builder().bFrames(bFrames).gopFrames(23).pictureBitRate(500_000).build());

    assertThat(shown).hasSize(100);
    for (int i = 0; i < shown.size(); i++) {
      assertThat(shown.get(i).micros()).isEqualTo(i * 40_000L);
      boolean flash = i > 0 && i % 25 == 0;
      assertThat(shown.get(i).meanLuma() > 200).as("flash at picture %d", i).isEqualTo(flash);
      assertThat(shown.get(i).meanLuma() < 90).as("dark at picture %d", i).isEqualTo(!flash);
      assertThat(shown.get(i).keyframe()).as("keyframe %d", i).isEqualTo(i % 23 == 0);
    }
    assertThat(shown.stream().filter(s -> s.kind() == 'B').count() > 0).isEqualTo(bFrames > 0);
  }

  @Test
  void write_mosaic_isDecodedToTheVeryLevelsPainted() throws Exception {
    ClipSpec spec = ClipSpec.builder().gopFrames(25).duration(Duration.ofSeconds(2)).build();
    Path file = directory.resolve("clip.mp4");
    ClipGenerator.write(spec, file);
    Mosaic mosaic = new Mosaic(20, 12);
    int picture = 0;
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.setImageMode(FrameGrabber.ImageMode.RAW);
      grabber.start();
      for (Frame f = grabber.grabImage(); f != null; f = grabber.grabImage()) {
        ByteBuffer luma = (ByteBuffer) f.image[0];
        MosaicPainter.paint(mosaic, new FrameRate(25, 1, false), picture * 3_600L, picture % 25);
        for (int i = 0; i < 20 * 11; i++) {
          int at = (i / 20 * 16 + 7) * f.imageStride + i % 20 * 16 + 7;
          assertThat(luma.get(at) & 0xFF)
              .as("picture %d, tile %d", picture, i)
              .isEqualTo(mosaic.luma(i));
        }
        picture++;
      }
    }
    assertThat(picture).isEqualTo(50);
  }

  @Test
  void write_ntscRate_flashesAtTheFirstPictureAfterTheSecond() throws Exception {
    List<Shown> shown = pictures(ClipSpec.builder().frameRate(30_000, 1001).build());

    assertThat(flashes(shown)).containsExactly(1_001_000L, 2_002_000L, 3_003_000L);
  }

  @Test
  void write_variableRate_flashesExactlyAtTheSecond() throws Exception {
    List<Shown> shown = pictures(ClipSpec.builder().variableFrameRate(30).build());

    assertThat(flashes(shown)).containsExactly(1_000_000L, 2_000_000L, 3_000_000L);
    List<Long> distances = new ArrayList<>();
    for (int i = 1; i < shown.size(); i++) {
      distances.add(shown.get(i).micros() - shown.get(i - 1).micros());
    }
    assertThat(distances).allMatch(d -> d > 10_000);
    assertThat(distances.stream().distinct().count()).isGreaterThan(20);
  }

  @Test
  void write_sizeChange_changesAtAKeyframe() throws Exception {
    ClipSpec spec = ClipSpec.builder().sizeChange(Duration.ofMillis(1_600), 480, 272).build();

    Path file = directory.resolve("clip.ts");
    ClipGenerator.write(spec, file);

    List<DecodedFile.Picture> shown = DecodedFile.read(file).pictures();

    assertThat(shown).hasSize(100);
    for (int i = 0; i < shown.size(); i++) {
      assertThat(shown.get(i).width()).as("picture %d", i).isEqualTo(i < 40 ? 320 : 480);
    }
    assertThat(shown.stream().filter(p -> p.meanLuma() > 200).map(p -> p.ptsMicros()))
        .containsExactly(2_000_000L, 3_000_000L, 4_000_000L);
    assertThat(changes(spec)).containsExactly(1_600_000L);
  }

  @Test
  void write_bitRate_isReached() throws Exception {
    Path file = directory.resolve("clip.mp4");
    ClipGenerator.write(ClipSpec.builder().pictureBitRate(1_000_000).withoutSound().build(), file);

    assertThat(Files.size(file) * 8 / 4.0).isBetween(950_000.0, 1_080_000.0);
  }

  @ParameterizedTest
  @EnumSource(SoundCodec.class)
  void write_anySoundCodec_decodesToSoundOfTheSameLength(SoundCodec codec) throws Exception {
    boolean telephone = codec == SoundCodec.PCM_ALAW || codec == SoundCodec.PCM_MULAW;
    int rateHz = telephone ? 8_000 : 48_000;
    ClipSpec spec = ClipSpec.builder().sound(codec, rateHz, telephone ? 1 : 2).build();
    Path file = directory.resolve("clip.mkv");
    ClipGenerator.write(spec, file);

    long samples = 0;
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.start();
      assertThat(grabber.getSampleRate()).isEqualTo(rateHz);
      for (Frame f = grabber.grabSamples(); f != null; f = grabber.grabSamples()) {
        samples += f.samples[0].limit() / f.audioChannels;
      }
    }
    assertThat(samples / (double) rateHz).isBetween(3.95, 4.1);
  }

  @Test
  void write_sameSpecTwice_givesTheSameBytes() throws Exception {
    ClipSpec spec = ClipSpec.builder().pictureBitRate(300_000).seed(7).build();
    Path first = directory.resolve("a.flv");
    Path second = directory.resolve("b.flv");
    ClipGenerator.write(spec, first);
    ClipGenerator.write(spec, second);

    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void next_lateSoundAndLatePicture_beginAtTheirTimes() {
    ClipSpec spec =
        ClipSpec.builder()
            .pictureStart(Duration.ofSeconds(1))
            .soundStart(Duration.ofSeconds(2))
            .build();
    long firstPicture = -1;
    long firstSound = -1;
    try (ClipSource source = ClipSource.endless(spec)) {
      while (firstPicture < 0 || firstSound < 0) {
        AccessUnit unit = source.next().orElseThrow();
        if (unit.kind() == AccessUnit.Kind.PICTURE && firstPicture < 0) {
          firstPicture = unit.ptsMicros();
        } else if (unit.kind() == AccessUnit.Kind.SOUND && firstSound < 0) {
          firstSound = unit.ptsMicros();
        }
      }
    }
    assertThat(firstPicture).isEqualTo(1_000_000);
    assertThat(firstSound).isEqualTo(2_000_000 - 21_334);
  }

  @Test
  void next_endless_keepsOrderAndPtsNotBeforeDts() {
    long lastMicros = Long.MIN_VALUE;
    long lastPictureDts = Long.MIN_VALUE;
    try (ClipSource source = ClipSource.endless(ClipSpec.builder().gopFrames(13).build())) {
      for (int i = 0; i < 1_000; i++) {
        AccessUnit unit = source.next().orElseThrow();
        assertThat(unit.dtsMicros()).isGreaterThanOrEqualTo(lastMicros);
        assertThat(unit.pts()).isGreaterThanOrEqualTo(unit.dts());
        lastMicros = unit.dtsMicros();
        if (unit.kind() == AccessUnit.Kind.PICTURE) {
          assertThat(unit.dts()).isGreaterThan(lastPictureDts);
          lastPictureDts = unit.dts();
        }
      }
    }
  }

  @Test
  void next_endlessFromMiddle_beginsAtKeyframeOfTheSameClip() {
    ClipSpec spec = ClipSpec.builder().gopFrames(25).build();
    try (ClipSource source = ClipSource.endlessFrom(spec, 3_300_000)) {
      AccessUnit first = source.next().orElseThrow();
      assertThat(first.kind()).isEqualTo(AccessUnit.Kind.PICTURE);
      assertThat(first.keyframe()).isTrue();
      assertThat(first.ptsMicros()).isEqualTo(4_000_000);
      AccessUnit sound = source.next().orElseThrow();
      while (sound.kind() != AccessUnit.Kind.SOUND) {
        sound = source.next().orElseThrow();
      }
      assertThat(sound.dtsMicros() - first.dtsMicros()).isBetween(0L, 22_000L);
    }
  }

  private static List<Long> changes(ClipSpec spec) {
    List<Long> micros = new ArrayList<>();
    try (ClipSource source = ClipSource.finite(spec)) {
      for (Optional<AccessUnit> u = source.next(); u.isPresent(); u = source.next()) {
        u.filter(unit -> unit.newParameterSets().isPresent())
            .ifPresent(unit -> micros.add(unit.ptsMicros()));
      }
    }
    return micros;
  }

  private static List<Long> flashes(List<Shown> shown) {
    return shown.stream().filter(s -> s.meanLuma() > 200).map(Shown::micros).toList();
  }

  private List<Shown> pictures(ClipSpec spec) throws Exception {
    Path file = directory.resolve("clip.mp4");
    ClipGenerator.write(spec, file);
    List<Shown> shown = new ArrayList<>();
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.setImageMode(FrameGrabber.ImageMode.RAW);
      grabber.setOption("err_detect", "explode");
      grabber.start();
      for (Frame f = grabber.grabImage(); f != null; f = grabber.grabImage()) {
        ByteBuffer luma = (ByteBuffer) f.image[0];
        long sum = 0;
        for (int y = 0; y < f.imageHeight; y++) {
          for (int x = 0; x < f.imageWidth; x++) {
            sum += luma.get(y * f.imageStride + x) & 0xFF;
          }
        }
        double mean = (double) sum / f.imageWidth / f.imageHeight;
        shown.add(new Shown(f.timestamp, mean, f.imageWidth, f.keyFrame, f.pictType));
      }
    }
    return shown;
  }
}
