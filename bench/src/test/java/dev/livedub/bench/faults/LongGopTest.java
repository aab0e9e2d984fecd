package dev.livedub.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.measure.DecodedFile;
import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source that is joined long before its next keyframe: its picture's size comes late. */
final class LongGopTest {

  private static final int GOP_FRAMES = 120;
  private static final Duration INTO_THE_GROUP = Duration.ofMillis(1_500);

  @Test
  @Timeout(90)
  void dub_joinedInTheMiddleOfALongGroup_beginsAtTheNextKeyframeWithItsSize(@TempDir Path dumps) {
    ClipSpec clip =
        ClipSpec.builder().gopFrames(GOP_FRAMES).duration(Duration.ofSeconds(16)).build();
    try (FaultRig rig = new FaultRig(dumps, clip, Duration.ofMillis(500), Duration.ofSeconds(30))) {
      rig.publish();
      FaultRig.await("a publisher", Duration.ofSeconds(10), rig::isPublished);
      FaultRig.pass(INTO_THE_GROUP);
      rig.dub();
      rig.awaitOnAir(3);

      assertThat(rig.stop().code()).isEqualTo(ExitCode.CLEAN);

      assertThat(rig.publications()).hasSize(1);
      RtmpPublication publication = rig.publications().get(0);
      List<RtmpTag> pictures = OutputCheck.coded(publication.media(TagKind.VIDEO));
      assertThat(pictures.get(0).keyframe()).isTrue();
      assertThat(OutputCheck.complaints(rig.publications())).isEmpty();
      FaultRig.await(
          "the recording's end", Duration.ofSeconds(5), () -> publication.endedNanos().isPresent());
      assertThat(DecodedFile.read(publication.dump().orElseThrow()).pictures())
          .hasSizeGreaterThan(50)
          .allSatisfy(
              picture -> {
                assertThat(picture.width()).isEqualTo(320);
                assertThat(picture.height()).isEqualTo(180);
              });
    }
  }
}
