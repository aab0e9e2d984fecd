package dev.livedub.testkit.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.clip.AccessUnit;
import dev.livedub.testkit.clip.ClipGenerator;
import dev.livedub.testkit.clip.ClipSource;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.measure.AccessUnitIdentity;
import dev.livedub.testkit.measure.AvOffset;
import dev.livedub.testkit.measure.DecodedFile;
import dev.livedub.testkit.measure.PacketList;
import dev.livedub.testkit.measure.SoundGaps;
import dev.livedub.testkit.measure.TimestampOrder;
import dev.livedub.testkit.publish.LivePublisher;
import dev.livedub.testkit.rtmp.RtmpSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fragmented MP4 of clips and of publications, read by FFmpeg. */
class FragmentedMp4Test {

  private static final ClipSpec CLIP =
      ClipSpec.builder()
          .gopFrames(25)
          .markedSpeechAndBeeps()
          .duration(Duration.ofSeconds(6))
          .build();

  @TempDir Path directory;

  private static final class Collected implements FragmentListener {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Fragment> fragments = new ArrayList<>();
    private String mimeType = "";

    @Override
    public synchronized void format(String newMimeType, byte[] initSegment) {
      mimeType = newMimeType;
      bytes.writeBytes(initSegment);
    }

    @Override
    public synchronized void fragment(Fragment fragment) {
      fragments.add(fragment);
      bytes.writeBytes(fragment.bytes());
    }

    synchronized int count() {
      return fragments.size();
    }

    synchronized Path write(Path file) throws IOException {
      return Files.write(file, bytes.toByteArray());
    }
  }

  @Test
  void clipToMp4_ofWholeClip_holdsEveryUnitAtItsTime() throws IOException {
    Collected collected = new Collected();
    ClipToMp4 writer = new ClipToMp4(CLIP, collected);
    try (ClipSource source = ClipSource.finite(CLIP)) {
      for (Optional<AccessUnit> u = source.next(); u.isPresent(); u = source.next()) {
        writer.take(u.get(), 7_000_000);
      }
    }
    Path whole = directory.resolve("whole.mp4");
    ClipGenerator.write(CLIP, whole);
    PacketList expected = PacketList.read(whole);
    Path file = collected.write(directory.resolve("fragments.mp4"));
    PacketList read = PacketList.read(file);

    assertThat(collected.mimeType).isEqualTo("video/mp4; codecs=\"avc1.4d401e, mp4a.40.2\"");
    assertThat(AccessUnitIdentity.compare(expected.pictureHashes(), read.pictureHashes()))
        .matches(AccessUnitIdentity::isIdentical);
    assertThat(TimestampOrder.of(expected.pictures(), read.pictures(), 1_000))
        .matches(TimestampOrder::isFaultless)
        .matches(order -> order.compared() > 100);
    assertThat(SoundGaps.of(read)).matches(SoundGaps::isGapless);
    AvOffset offset = AvOffset.measureAboveSpeech(DecodedFile.read(file));
    assertThat(offset.offsets()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(offset.maxAbsMillis()).as(offset.toString()).isLessThan(5);
    assertThat(collected.fragments.stream().filter(Fragment::begins)).hasSizeGreaterThan(4);
    assertThat(collected.fragments.get(0).startMicros()).isBetween(6_900_000L, 7_000_000L);
  }

  @Test
  void flvToMp4_ofLivePublication_isReadInOrderWithoutGap() throws Exception {
    Collected collected = new Collected();
    FlvToMp4 writer = new FlvToMp4(320, 180, collected);
    try (RtmpSink sink = RtmpSink.start()) {
      sink.stream("live/x/out").listener((publication, tag, body) -> writer.take(tag, body, 0));
      try (LivePublisher publisher = LivePublisher.start(CLIP, sink.url("live/x/out"))) {
        assertThat(publisher.awaitOnAir(Duration.ofSeconds(20))).isTrue();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> collected.count() > 8);
      }
    }
    Path file = collected.write(directory.resolve("published.mp4"));
    PacketList read = PacketList.read(file);
    assertThat(read.pictures()).hasSizeGreaterThan(60);
    assertThat(TimestampOrder.of(read.pictures())).matches(TimestampOrder::isFaultless);
    assertThat(SoundGaps.of(read)).matches(SoundGaps::isGapless);
    assertThat(AvOffset.measureAboveSpeech(DecodedFile.read(file)).maxAbsMillis()).isLessThan(5);
  }
}
