package dev.livedub.testkit.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.testkit.clip.AccessUnit;
import dev.livedub.testkit.clip.ClipLoop;
import dev.livedub.testkit.clip.ClipSource;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.clip.SoundCodec;
import dev.livedub.testkit.measure.AccessUnitIdentity;
import dev.livedub.testkit.nal.Codec;
import dev.livedub.testkit.nal.VclHash;
import dev.livedub.testkit.rtmp.RtmpSink;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import dev.livedub.testkit.rtsp.PublisherListener;
import dev.livedub.testkit.rtsp.RtspRelay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LivePublisherTest {
  private static final String PATH = "live/demo/in";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ClipSpec spec = ClipSpec.builder().pictureBitRate(300_000).build();
  private final List<Long> sent = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void quiet() {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
  }

  @Test
  void start_rtsp_sendsEveryPictureUnchanged() {
    try (RtspRelay relay = RtspRelay.start()) {
      var log = relay.path(PATH).accessUnits();
      log.enable(1_000);
      try (LivePublisher publisher = LivePublisher.start(spec, relay.url(PATH), this::written)) {
        await().atMost(PATIENCE).until(() -> log.recorded() >= 60);
        assertThat(publisher.failure()).isEmpty();
      }
      assertIdentical(log.units().stream().map(u -> u.vclHash()).toList());
    }
  }

  @Test
  void start_rtspThenClose_pathTellsThatItCameAndLeft() {
    List<String> told = new CopyOnWriteArrayList<>();
    PublisherListener listener =
        new PublisherListener() {
          @Override
          public void came(long publication) {
            told.add("came " + publication);
          }

          @Override
          public void left(long publication) {
            told.add("left " + publication);
          }
        };
    try (RtspRelay relay = RtspRelay.start()) {
      relay.path(PATH).listener(listener);
      for (int i = 1; i <= 2; i++) {
        try (LivePublisher publisher =
            LivePublisher.start(
                ClipSource.endlessFrom(spec, i * 1_000_000L), relay.url(PATH), (u, n) -> {})) {
          await().atMost(PATIENCE).until(() -> publisher.unitCount() > 10);
        }
        int count = 2 * i;
        await().atMost(PATIENCE).until(() -> told.size() == count);
      }
    }
    assertThat(told).containsExactly("came 1", "left 1", "came 2", "left 2");
  }

  @Test
  void start_rtmp_sendsEveryPictureUnchanged() {
    try (RtmpSink sink = RtmpSink.start()) {
      var stream = sink.stream(PATH);
      try (LivePublisher publisher = LivePublisher.start(spec, sink.url(PATH), this::written)) {
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    !stream.publications().isEmpty()
                        && stream.publications().get(0).media(TagKind.VIDEO).size() >= 60);
        assertThat(publisher.failure()).isEmpty();
      }
      List<RtmpTag> tags = stream.publications().get(0).media(TagKind.VIDEO);
      assertIdentical(tags.stream().map(RtmpTag::vclHash).filter(h -> h != VclHash.NONE).toList());
    }
  }

  @Test
  void start_loop_keepsItsTimelineOverTheSeam() {
    ClipLoop loop =
        new ClipLoop(
            ClipSpec.builder()
                .duration(Duration.ofSeconds(1))
                .gopFrames(25)
                .sound(SoundCodec.PCM_MULAW, 8_000, 1)
                .build());
    List<Long> turn =
        loop.pictures().stream().map(u -> VclHash.ofAnnexB(Codec.H264, u.payload())).toList();
    try (RtspRelay relay = RtspRelay.start()) {
      var log = relay.path(PATH).accessUnits();
      log.enable(1_000);
      var dts = new CopyOnWriteArrayList<Long>();
      LivePublisher.Listener listener =
          (unit, writtenNanos) -> {
            if (unit.kind() == AccessUnit.Kind.PICTURE) {
              dts.add(unit.dtsMicros());
            }
          };
      try (LivePublisher publisher = LivePublisher.start(loop, relay.url(PATH), listener)) {
        await().atMost(PATIENCE).until(() -> log.recorded() >= 60);
        assertThat(publisher.failure()).isEmpty();
      }
      for (int i = 0; i < dts.size(); i++) {
        assertThat(dts.get(i)).isEqualTo((i - 1) * 40_000L);
      }
      AccessUnitIdentity identity =
          AccessUnitIdentity.compareLooped(
              turn, log.units().stream().map(u -> u.vclHash()).toList());
      assertThat(identity.isIdentical()).as(identity.toString()).isTrue();
    }
  }

  @Test
  void start_pacedByDts_doesNotRunAhead() {
    try (RtspRelay relay = RtspRelay.start()) {
      long startNanos = System.nanoTime();
      var aheadMicros = new CopyOnWriteArrayList<Long>();
      LivePublisher.Listener listener =
          (unit, writtenNanos) ->
              aheadMicros.add(unit.dtsMicros() - (writtenNanos - startNanos) / 1_000);
      try (LivePublisher publisher = LivePublisher.start(spec, relay.url(PATH), listener)) {
        await().atMost(PATIENCE).until(() -> publisher.unitCount() > 100);
      }
      // The first DTS lies 40 ms before zero, and the clock began before the publisher did.
      assertThat(aheadMicros).allMatch(ahead -> ahead < 0);
    }
  }

  @Test
  void close_serverThatNeverAnswers_returns() throws Exception {
    try (RtspRelay relay = RtspRelay.start()) {
      relay.ignoreConnections();
      LivePublisher publisher = LivePublisher.start(spec, relay.url(PATH));
      await().atMost(PATIENCE).until(() -> relay.connections() > 0);
      assertThat(publisher.awaitOnAir(Duration.ofMillis(200))).isFalse();

      publisher.close();

      assertThat(publisher.awaitEnd(Duration.ZERO)).isTrue();
      assertThat(publisher.unitCount()).isZero();
    }
  }

  @Test
  void awaitEnd_serverGone_saysWhy() throws Exception {
    RtspRelay relay = RtspRelay.start();
    try (LivePublisher publisher = LivePublisher.start(spec, relay.url(PATH))) {
      assertThat(publisher.awaitOnAir(PATIENCE)).isTrue();

      relay.close();

      assertThat(publisher.awaitEnd(PATIENCE)).isTrue();
      assertThat(publisher.failure()).isPresent();
    }
  }

  private void written(AccessUnit unit, long writtenNanos) {
    if (unit.kind() == AccessUnit.Kind.PICTURE) {
      sent.add(VclHash.ofAnnexB(Codec.H264, unit.payload()));
    }
  }

  private void assertIdentical(List<Long> received) {
    AccessUnitIdentity identity = AccessUnitIdentity.compare(sent, received);
    assertThat(identity.isIdentical()).as(identity.toString()).isTrue();
    assertThat(identity.matched()).isGreaterThanOrEqualTo(59);
  }
}
