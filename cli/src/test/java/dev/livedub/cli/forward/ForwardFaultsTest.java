package dev.livedub.cli.forward;

import static dev.livedub.cli.forward.ForwardRig.PATIENCE;
import static dev.livedub.cli.forward.ForwardRig.awaitPictures;
import static dev.livedub.cli.forward.ForwardRig.longestPause;
import static dev.livedub.cli.forward.ForwardRig.only;
import static dev.livedub.cli.forward.ForwardRig.pictures;
import static dev.livedub.cli.forward.ForwardRig.streamOf;
import static dev.livedub.cli.forward.ForwardRig.urlOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.testkit.measure.AccessUnitIdentity;
import dev.livedub.testkit.nal.VclHash;
import dev.livedub.testkit.net.Hangup;
import dev.livedub.testkit.rtmp.RtmpFault;
import dev.livedub.testkit.rtmp.RtmpSink;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Destinations and a source that fail, over real sockets. */
@Timeout(120)
class ForwardFaultsTest {

  private static final int PICTURES = 150;

  /** Well below the 5 s and 1.5 s that an ill destination takes to be noticed. */
  private static final Duration HELD_UP = Duration.ofMillis(1_000);

  @Test
  void destinations_fiveOfSixIll_theWellOneMissesNothing() throws Exception {
    try (ForwardRig rig = new ForwardRig();
        RubbishServer rubbish = new RubbishServer()) {
      RtmpSink refusing = rig.sink();
      RtmpSink hung = rig.sink();
      RtmpSink denying = rig.sink();
      RtmpSink slow = rig.sink();
      RtmpSink well = rig.sink();
      refusing.refuseConnections();
      hung.ignoreHandshakes();
      streamOf(denying).denyPublish("NetStream.Publish.Unauthorized");
      rig.publish();
      rig.forward(
          List.of(
              urlOf(refusing),
              urlOf(hung),
              urlOf(denying),
              rubbish.url(),
              urlOf(slow),
              urlOf(well)));
      awaitPictures(well, 25);
      awaitPictures(slow, 1);
      streamOf(slow).stopReading();
      awaitPictures(well, PICTURES);

      assertThat(hung.faults().hits(RtmpFault.IGNORE_HANDSHAKE)).isPositive();
      assertThat(streamOf(denying).faults().hits(RtmpFault.DENY_PUBLISH)).isEqualTo(1);
      assertThat(streamOf(slow).faults().hits(RtmpFault.STOP_READING)).isPositive();
      assertThat(rubbish.answers()).isPositive();
      assertThat(rig.hasEnded()).isFalse();
      List<Boolean> connected =
          rig.worker().status().outputs().stream()
              .map(WorkerStatus.OutputStatus::connected)
              .toList();
      assertThat(connected.subList(0, 4)).containsOnly(false);
      assertThat(connected.get(5)).isTrue();

      WorkerExit exit = rig.stop();
      assertThat(exit.code()).as(exit.message()).isEqualTo(ExitCode.DESTINATION_REFUSED);
      assertThat(exit.message()).contains("a destination had been given up: cannot publish to");

      List<RtmpTag> pictures = only(well).media(TagKind.VIDEO);
      AccessUnitIdentity identity =
          AccessUnitIdentity.compare(
              rig.published(),
              pictures.stream().map(RtmpTag::vclHash).filter(h -> h != VclHash.NONE).toList());
      assertThat(identity.isIdentical()).as(identity.toString()).isTrue();
      assertThat(longestPause(pictures)).isLessThan(HELD_UP);
    }
  }

  @Test
  void destination_awayAndBack_isTakenUpAgainAndTheOtherNeverNotices() throws Exception {
    try (ForwardRig rig = new ForwardRig()) {
      RtmpSink leaving = rig.sink();
      RtmpSink staying = rig.sink();
      rig.publish();
      rig.forward(List.of(urlOf(leaving), urlOf(staying)));
      awaitPictures(leaving, 25);

      leaving.refuseConnections();
      assertThat(streamOf(leaving).closeConnections(Hangup.RST)).isEqualTo(1);
      awaitPictures(staying, 75);
      leaving.acceptConnections();
      awaitPictures(leaving, 25);
      awaitPictures(staying, 25);

      assertThat(rig.stop().code()).isEqualTo(ExitCode.CLEAN);
      assertThat(streamOf(leaving).publications()).hasSize(2);
      assertThat(streamOf(leaving).publications().get(1).media(TagKind.VIDEO).get(0).keyframe())
          .isTrue();
      assertThat(longestPause(only(staying).media(TagKind.VIDEO))).isLessThan(HELD_UP);
    }
  }

  @Test
  void input_awayForSeconds_leavesConnectionAndTimelineWhole() throws Exception {
    try (ForwardRig rig = new ForwardRig()) {
      RtmpSink there = rig.sink();
      rig.publish();
      rig.forward(List.of(urlOf(there)));
      awaitPictures(there, 50);

      rig.unpublish();
      await()
          .atMost(PATIENCE)
          .until(() -> rig.worker().status().state() == WorkerStatus.State.INPUT_LOST);
      int before = pictures(there).size();
      await().pollDelay(Duration.ofSeconds(4)).until(() -> !rig.hasEnded());
      rig.publish();
      awaitPictures(there, 50);

      assertThat(rig.worker().status().inputReconnects()).isEqualTo(1);
      assertThat(rig.stop().code()).isEqualTo(ExitCode.CLEAN);
      for (TagKind kind : List.of(TagKind.VIDEO, TagKind.AUDIO)) {
        List<RtmpTag> tags = only(there).media(kind);
        for (int i = 1; i < tags.size(); i++) {
          assertThat(tags.get(i).timestampMillis())
              .as(kind + " " + i)
              .isGreaterThanOrEqualTo(tags.get(i - 1).timestampMillis());
        }
      }
      List<RtmpTag> pictures = only(there).media(TagKind.VIDEO);
      assertThat(pictures.get(before).keyframe()).isTrue();
      long pauseMillis =
          pictures.get(before).timestampMillis() - pictures.get(before - 1).timestampMillis();
      assertThat(pauseMillis).isBetween(3_000L, 20_000L); // as long as it was away
    }
  }

  @Test
  void input_neverThere_isNotReady() throws Exception {
    try (ForwardRig rig = new ForwardRig()) {
      rig.forward(List.of(urlOf(rig.sink())), Duration.ofSeconds(1));
      WorkerExit exit = rig.awaitExit();
      assertThat(exit.code()).as(exit.message()).isEqualTo(ExitCode.INPUT_NOT_READY);
    }
  }

  @Test
  void destination_thatRefusesAndRepeatsTheKey_isGivenUpWithoutTheKey() throws Exception {
    try (ForwardRig rig = new ForwardRig()) {
      RtmpSink denying = rig.sink();
      streamOf(denying).denyPublish("NetStream.Publish.BadName");
      rig.publish();
      // The sink says "Publishing denied by order.", which holds this key.
      rig.forward(List.of(urlOf(denying) + "?key=Publishing"));
      WorkerExit exit = rig.awaitExit();
      assertThat(exit.code()).as(exit.message()).isEqualTo(ExitCode.DESTINATION_REFUSED);
      assertThat(exit.message()).contains("*** denied by order").doesNotContain("Publishing");
    }
  }
}
