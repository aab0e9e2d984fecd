package dev.livedub.testkit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.testkit.clip.AccessUnit;
import dev.livedub.testkit.clip.ClipGenerator;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.clip.SoundCodec;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedFileTest {
  private final ClipSpec spec = ClipSpec.builder().pictureBitRate(300_000).build();

  @TempDir Path directory;

  @BeforeAll
  static void quiet() {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flv", "ts"})
  void read_otherContainer_keepsPicturesAndTimes(String extension) {
    PacketList source = written("source.mp4");
    PacketList output = written("output." + extension);
    double rounding = source.pictureTickMicros() + output.pictureTickMicros();

    AccessUnitIdentity identity =
        AccessUnitIdentity.compare(source.pictureHashes(), output.pictureHashes());
    assertThat(identity.isIdentical()).as(identity.toString()).isTrue();
    assertThat(identity.matched()).isEqualTo(100);
    TimestampOrder order = TimestampOrder.of(source.pictures(), output.pictures(), rounding);
    assertThat(order.isFaultless()).as(order.toString()).isTrue();
    assertThat(order.compared()).isGreaterThan(95);
    assertThat(output.pictures().stream().filter(MediaPacket::keyframe).count()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "flv", "ts", "mkv"})
  void gaps_generatedClip_isGapless(String extension) {
    SoundGaps gaps = SoundGaps.of(written("clip." + extension));

    assertThat(gaps.isGapless()).as(gaps.toString()).isTrue();
    assertThat(gaps.frames()).isBetween(187, 190);
  }

  @Test
  void gaps_lostSoundPacket_isOneHoleOfOneFrame() {
    Path file =
        Recording.flv(
            spec, directory.resolve("x.flv"), Recording.without(AccessUnit.Kind.SOUND, 80));

    SoundGaps gaps = SoundGaps.of(PacketList.read(file));

    assertThat(gaps.holes()).as(gaps.toString()).isEqualTo(1);
    assertThat(gaps.holeSamples()).isEqualTo(1_024);
    assertThat(gaps.isGapless()).isFalse();
    assertThat(DecodedFile.read(file).sound()).hasSize(2);
  }

  @Test
  void gaps_overlapsAndShortHoles_areCountedInSamples() {
    List<MediaPacket> packets = new ArrayList<>();
    long shift = 0;
    for (int n = 0; n < 100; n++) {
      shift += n == 30 ? 500 : n == 60 ? -1_024 : 0;
      packets.add(MediaPacket.at((n * 1_024L + shift) * 125 / 6, 0, 100, n));
    }

    SoundGaps gaps = SoundGaps.of(packets, 48_000, 1_024, 1e6 / 48_000);

    assertThat(gaps.holes()).isEqualTo(1);
    assertThat(gaps.holeSamples()).isCloseTo(500, within(1L));
    assertThat(gaps.overlaps()).isEqualTo(1);
    assertThat(gaps.overlapSamples()).isEqualTo(1_024);
  }

  @Test
  void identity_lostPicture_isMissing() {
    Path file =
        Recording.flv(
            spec, directory.resolve("x.flv"), Recording.without(AccessUnit.Kind.PICTURE, 63));

    AccessUnitIdentity identity =
        AccessUnitIdentity.compare(
            written("source.mp4").pictureHashes(), PacketList.read(file).pictureHashes());

    assertThat(identity.missing()).as(identity.toString()).isEqualTo(1);
    assertThat(identity.isIdentical()).isFalse();
  }

  @Test
  void order_swappedPackets_isNotFaultless() {
    PacketList list = written("clip.flv");
    List<MediaPacket> swapped = new ArrayList<>(list.pictures());
    Collections.swap(swapped, 20, 21);

    TimestampOrder order = TimestampOrder.of(swapped);

    assertThat(order.dtsNotRising()).isEqualTo(1);
    assertThat(order.isFaultless()).isFalse();
    assertThat(TimestampOrder.of(list.pictures()).isFaultless()).isTrue();
  }

  @Test
  void order_movedPts_showsInTheSpread() {
    List<MediaPacket> source = written("clip.flv").pictures();
    List<MediaPacket> moved = new ArrayList<>(source);
    MediaPacket p = moved.get(50);
    long pts = p.ptsMicros().orElseThrow() + 7_000;
    moved.set(50, MediaPacket.at(pts, p.dtsMicros().orElseThrow(), p.sizeBytes(), p.hash()));

    TimestampOrder order = TimestampOrder.of(source, moved, 2_000);

    assertThat(order.ptsSpreadMicros()).isEqualTo(7_000);
    assertThat(order.dtsSpreadMicros()).isZero();
    assertThat(order.isFaultless()).isFalse();
  }

  @Test
  void match_recordedSound_correlatesWithTheSource() {
    Path file = directory.resolve("clip.flv");
    ClipGenerator.write(spec, file);

    SoundMatch match = SoundMatch.of(spec, DecodedFile.read(file).sound(), 1_000_000, 100_000);

    assertThat(match.blocks()).hasSizeBetween(7, 9);
    assertThat(match.leastCorrelation()).as(match.toString()).isGreaterThan(0.9);
    assertThat(match.blocks())
        .allSatisfy(b -> assertThat(b.shiftMillis()).isCloseTo(1_000, within(1.0)));
  }

  @Test
  void match_soundOfAnotherSeedOrSilence_doesNotCorrelate() {
    Path file = directory.resolve("clip.flv");
    ClipGenerator.write(ClipSpec.builder().seed(99).build(), file);
    List<PcmSegment> other = DecodedFile.read(file).sound();
    PcmSegment silence = new PcmSegment(1_000_000, 48_000, new float[192_000], 192_000);

    assertThat(SoundMatch.of(spec, other, 1_000_000, 100_000).blocksBelow(0.9))
        .isGreaterThanOrEqualTo(6);
    assertThat(SoundMatch.of(spec, List.of(silence), 1_000_000, 100_000).blocksBelow(0.1))
        .isEqualTo(8);
  }

  @Test
  void sound_insertedSilence_isFoundAsZeroRun() {
    PcmCollector collector = new PcmCollector(48_000);
    float[] frame = new float[2_048];
    for (int n = 0; n < 100; n++) {
      Arrays.fill(frame, n >= 40 && n < 43 ? 0 : 0.25f);
      collector.add(n * 1_024L * 125 / 6, FloatBuffer.wrap(frame), 2);
    }

    List<PcmSegment> segments = collector.segments();

    assertThat(segments).hasSize(1);
    assertThat(segments.get(0).longestZeroRun()).isEqualTo(3 * 1_024);
  }

  @Test
  void sound_generatedClip_hasNoDigitalSilence() {
    Path file = directory.resolve("clip.mkv");
    ClipGenerator.write(
        ClipSpec.builder()
            .sound(SoundCodec.PCM_MULAW, 8_000, 1)
            .soundStart(Duration.ofSeconds(1))
            .build(),
        file);

    List<PcmSegment> sound = DecodedFile.read(file).sound();

    assertThat(sound).hasSize(1);
    assertThat(sound.get(0).startMicros()).isCloseTo(2_000_000, within(1_000.0));
    assertThat(sound.get(0).longestZeroRun()).isLessThan(80);
  }

  private PacketList written(String name) {
    Path file = directory.resolve(name);
    ClipGenerator.write(spec, file);
    return PacketList.read(file);
  }
}
