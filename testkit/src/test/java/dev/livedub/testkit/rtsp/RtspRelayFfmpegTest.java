package dev.livedub.testkit.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.nal.Codec;
import dev.livedub.testkit.nal.VclHash;
import dev.livedub.testkit.publish.LivePublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The relay between FFmpeg as publisher and FFmpeg as player. */
@Timeout(90)
final class RtspRelayFfmpegTest {

  @Test
  void pictures_fromFfmpegToFfmpeg_areThoseOfTheTapInOrder() throws Exception {
    try (RtspRelay relay = RtspRelay.start()) {
      RelayPath path = relay.path("live/demo/in");
      path.accessUnits().enable(1000);
      List<Long> played;
      ClipSpec spec = ClipSpec.builder().duration(Duration.ofSeconds(60)).build();
      try (LivePublisher publisher = LivePublisher.start(spec, relay.url(path.name()))) {
        assertThat(publisher.awaitOnAir(Duration.ofSeconds(20))).isTrue();
        played = play(relay.url(path.name()), 40);
      }
      await().until(() -> !path.stats().publishing());

      List<Long> tapped = path.accessUnits().units().stream().map(AccessUnit::vclHash).toList();
      int from = tapped.indexOf(played.get(0));
      assertThat(from).isNotNegative();
      assertThat(tapped.subList(from, tapped.size())).startsWith(played.toArray(Long[]::new));
      assertThat(path.accessUnits().units()).allMatch(AccessUnit::complete);
      assertThat(path.accessUnits().recorded()).isGreaterThan(40);
    }
  }

  private static List<Long> play(String url, int pictures) throws Exception {
    List<Long> hashes = new ArrayList<>();
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(url)) {
      grabber.setOption("rtsp_transport", "tcp");
      grabber.setOption("timeout", "10000000");
      grabber.start(false);
      int video = grabber.getVideoStream();
      while (hashes.size() < pictures) {
        AVPacket packet = grabber.grabPacket();
        assertThat(packet).isNotNull();
        if (packet.stream_index() == video) {
          byte[] bytes = new byte[packet.size()];
          packet.data().get(bytes);
          hashes.add(VclHash.ofAnnexB(Codec.H264, bytes));
        }
        avcodec.av_packet_unref(packet);
      }
    }
    return hashes;
  }
}
