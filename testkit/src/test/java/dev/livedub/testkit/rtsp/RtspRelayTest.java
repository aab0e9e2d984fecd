package dev.livedub.testkit.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RtspRelayTest {

  private RtspRelay relay = RtspRelay.start();

  @AfterEach
  void closeRelay() {
    relay.close();
    relay.close();
  }

  @Test
  void describe_withoutPublisher_is404() throws IOException {
    try (RtspTestPeer player = new RtspTestPeer(relay)) {
      assertThat(player.describe().status()).isEqualTo(404);
    }
  }

  @Test
  void describe_withPublisher_namesTheRelaysTracks() throws IOException {
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer player = new RtspTestPeer(relay, RtspTestPeer.PATH + "/?lang=es")) {
      RtspTestPeer.Reply reply = player.describe();

      assertThat(publisher.request("OPTIONS", publisher.url(), "", "").status()).isEqualTo(200);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers()).containsEntry("content-base", player.url() + "/");
      assertThat(reply.body())
          .contains("a=rtpmap:96 H264/90000", "a=control:trackID=0", "a=control:trackID=1")
          .doesNotContain("streamid");
    }
  }

  @Test
  void setUp_overUdp_is461() throws IOException {
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer player = new RtspTestPeer(relay)) {
      String udp = "Transport: RTP/AVP;unicast;client_port=5000-5001";

      assertThat(player.request("SETUP", player.url() + "/trackID=0", udp, "").status())
          .isEqualTo(461);
      assertThat(publisher.request("PLAY", publisher.url(), "", "").status()).isEqualTo(455);
    }
  }

  @Test
  void play_twoPlayersOnOtherChannels_getPacketsUnchanged() throws IOException {
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer first = RtspTestPeer.player(relay);
        RtspTestPeer second = new RtspTestPeer(relay)) {
      second.describe();
      second.request("SETUP", second.url() + "/trackID=1", RtspTestPeer.transport(8), "");
      second.request("PLAY", second.url(), "", "");

      publisher.sendRtp(RtspTestPeer.VIDEO, 1000, (byte) 0x41, (byte) 7);
      publisher.sendReport(RtspTestPeer.VIDEO_RTCP, 1000);
      publisher.sendRtp(RtspTestPeer.AUDIO, 2000, (byte) 9);

      RtspTestPeer.Packet picture = first.readPacket();
      assertThat(picture.channel()).isEqualTo(RtspTestPeer.VIDEO);
      assertThat(picture.bytes()).hasSize(14).endsWith(0x41, 7);
      assertThat(first.readPacket().reportTimestamp()).isEqualTo(1000);
      assertThat(first.readPacket().timestamp()).isEqualTo(2000);
      RtspTestPeer.Packet sound = second.readPacket();
      assertThat(sound.channel()).isEqualTo(8);
      assertThat(sound.timestamp()).isEqualTo(2000);
    }
  }

  @Test
  void play_streamsFlowing_rtpInfoTellsWhereTheyStand() throws IOException {
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer player = new RtspTestPeer(relay)) {
      publisher.sendRtp(RtspTestPeer.VIDEO, 90_000, (byte) 0x41, (byte) 7);
      await().until(() -> relay.path(RtspTestPeer.PATH).stats().packetsIn() == 1);

      String rtpInfo = player.play().headers().getOrDefault("rtp-info", "");

      assertThat(rtpInfo).startsWith("url=" + player.url() + "/trackID=0;seq=1;rtptime=");
      long rtpTime = Long.parseLong(rtpInfo.substring(rtpInfo.lastIndexOf('=') + 1));
      assertThat(rtpTime).isBetween(90_000L, 90_000L + 60 * RtspTestPeer.VIDEO_CLOCK_HZ);
    }
  }

  @Test
  void play_reportsKnown_areHandedOutFirst() throws IOException {
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer player = new RtspTestPeer(relay)) {
      publisher.sendReport(RtspTestPeer.VIDEO_RTCP, 1000);
      publisher.sendReport(RtspTestPeer.VIDEO_RTCP, 2000);
      publisher.sendReport(RtspTestPeer.AUDIO_RTCP, 3000);
      await().until(() -> relay.path(RtspTestPeer.PATH).stats().packetsIn() == 3);
      player.play();
      publisher.sendRtp(RtspTestPeer.VIDEO, 4000, (byte) 0x41, (byte) 7);

      RtspTestPeer.Packet picture = player.readPacket();
      RtspTestPeer.Packet sound = player.readPacket();
      assertThat(picture.channel()).isEqualTo(RtspTestPeer.VIDEO_RTCP);
      assertThat(picture.reportTimestamp()).isEqualTo(2000);
      assertThat(sound.channel()).isEqualTo(RtspTestPeer.AUDIO_RTCP);
      assertThat(sound.reportTimestamp()).isEqualTo(3000);
      assertThat(player.readPacket().timestamp()).isEqualTo(4000);
    }
  }

  @Test
  void play_withoutReportOnPlay_packetsComeFirst() throws IOException {
    relay.close();
    relay = RtspRelay.start(RtspRelayOptions.defaults().withoutReportOnPlay());
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer player = new RtspTestPeer(relay)) {
      publisher.sendReport(RtspTestPeer.VIDEO_RTCP, 1000);
      await().until(() -> relay.path(RtspTestPeer.PATH).stats().packetsIn() == 1);
      player.play();
      publisher.sendRtp(RtspTestPeer.VIDEO, 4000, (byte) 0x41, (byte) 7);

      assertThat(player.readPacket().channel()).isEqualTo(RtspTestPeer.VIDEO);
    }
  }

  @Test
  void play_reportsWithheld_areNotHandedOut() throws IOException {
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer player = new RtspTestPeer(relay)) {
      publisher.sendReport(RtspTestPeer.VIDEO_RTCP, 1000);
      await().until(() -> relay.path(RtspTestPeer.PATH).stats().packetsIn() == 1);
      relay.path(RtspTestPeer.PATH).faults().withholdSenderReports(Duration.ofMinutes(1));
      player.play();
      publisher.sendRtp(RtspTestPeer.VIDEO, 4000, (byte) 0x41, (byte) 7);

      assertThat(player.readPacket().channel()).isEqualTo(RtspTestPeer.VIDEO);
    }
  }

  @Test
  void play_rtpInfoOff_isLeftOut() throws IOException {
    relay.close();
    relay = RtspRelay.start(RtspRelayOptions.defaults().withRtpInfo(false));
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer player = new RtspTestPeer(relay)) {
      publisher.sendRtp(RtspTestPeer.VIDEO, 90_000, (byte) 0x41, (byte) 7);
      await().until(() -> relay.path(RtspTestPeer.PATH).stats().packetsIn() == 1);

      assertThat(player.play().headers()).doesNotContainKey("rtp-info");
    }
  }

  @Test
  void publisherLeaves_afterItsLastPacket_playersGetItAndTheEnd() throws IOException {
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer player = RtspTestPeer.player(relay)) {
      publisher.sendRtp(RtspTestPeer.VIDEO, 5, (byte) 0x41, (byte) 7);
      publisher.close();

      assertThat(player.readPacket().timestamp()).isEqualTo(5);
      player.readToEnd();
      assertThat(relay.path(RtspTestPeer.PATH).stats().publishing()).isFalse();
    }
  }

  @Test
  void publish_secondPublisher_replacesTheFirst() throws IOException {
    try (RtspTestPeer first = RtspTestPeer.publisher(relay);
        RtspTestPeer player = RtspTestPeer.player(relay);
        RtspTestPeer second = RtspTestPeer.publisher(relay);
        RtspTestPeer next = RtspTestPeer.player(relay)) {
      assertThatThrownBy(first::readToEnd).isInstanceOf(IOException.class);
      player.readToEnd();
      second.sendRtp(RtspTestPeer.VIDEO, 77, (byte) 0x41, (byte) 7);

      assertThat(next.readPacket().timestamp()).isEqualTo(77);
      assertThat(relay.path(RtspTestPeer.PATH).stats().publications()).isEqualTo(2);
    }
  }

  @Test
  void silence_beyondTheTimeouts_endsPublisherAndPlayer() throws IOException {
    relay.close();
    relay =
        RtspRelay.start(
            RtspRelayOptions.defaults().withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(3)));
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer player = RtspTestPeer.player(relay)) {
      player.readToEnd();
      assertThat(relay.path(RtspTestPeer.PATH).stats().publishing()).isTrue();
      publisher.readToEnd();
      await().until(() -> !relay.path(RtspTestPeer.PATH).stats().publishing());
    }
  }

  @Test
  void slowPlayer_beyondItsQueue_isCutOffAndCounted() throws IOException {
    relay.close();
    relay = RtspRelay.start(RtspRelayOptions.defaults().withPlayerQueueBytes(100_000));
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer slow = RtspTestPeer.player(relay)) {
      RelayPath path = relay.path(RtspTestPeer.PATH);
      byte[] payload = new byte[60_000];
      payload[0] = 0x41;
      for (int i = 0; i < 1000 && path.stats().players() > 0; i++) {
        publisher.sendRtp(RtspTestPeer.VIDEO, i, payload);
      }

      await().until(() -> path.stats().players() == 0);
      assertThat(path.faults().log().hits(RtspFault.SLOW_PLAYER)).isEqualTo(1);
      assertThat(path.stats().publishing()).isTrue();
      assertThatThrownBy(slow::readToEnd).isInstanceOf(IOException.class);
    }
  }

  @Test
  void request_thatIsNone_is400AndTheEnd() throws IOException {
    try (RtspTestPeer peer = new RtspTestPeer(relay)) {
      peer.send("GET /", "HTTP/1.1", "", "");

      assertThat(peer.readReply().status()).isEqualTo(400);
    }
  }

  @Test
  void tearDown_ofAPlayer_leavesTheOthers() throws IOException {
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer leaving = RtspTestPeer.player(relay);
        RtspTestPeer staying = RtspTestPeer.player(relay)) {
      assertThat(leaving.request("TEARDOWN", leaving.url(), "", "").status()).isEqualTo(200);
      leaving.readToEnd();
      await().until(() -> relay.path(RtspTestPeer.PATH).stats().players() == 1);
      publisher.sendRtp(RtspTestPeer.VIDEO, 3, (byte) 0x41, (byte) 7);

      assertThat(staying.readPacket().timestamp()).isEqualTo(3);
    }
  }

  @Test
  void pause_thenPlay_getsOnlyWhatComesAfterwards() throws IOException {
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer player = RtspTestPeer.player(relay)) {
      assertThat(player.request("PAUSE", player.url(), "", "").status()).isEqualTo(200);
      publisher.sendRtp(RtspTestPeer.VIDEO, 1, (byte) 0x41, (byte) 7);
      await().until(() -> relay.path(RtspTestPeer.PATH).stats().packetsForwarded() == 1);
      assertThat(player.request("PLAY", player.url(), "", "").status()).isEqualTo(200);
      publisher.sendRtp(RtspTestPeer.VIDEO, 2, (byte) 0x41, (byte) 7);

      assertThat(player.readPacket().timestamp()).isEqualTo(2);
    }
  }

  @Test
  void pause_ofThePublisher_endsThePublicationUntilItRecordsAgain() throws IOException {
    try (RtspTestPeer publisher = RtspTestPeer.publisher(relay);
        RtspTestPeer player = RtspTestPeer.player(relay)) {
      assertThat(publisher.request("PAUSE", publisher.url(), "", "").status()).isEqualTo(200);
      player.readToEnd();
      assertThat(relay.path(RtspTestPeer.PATH).stats().publishing()).isFalse();

      assertThat(publisher.request("RECORD", publisher.url(), "", "").status()).isEqualTo(200);
      assertThat(relay.path(RtspTestPeer.PATH).stats().publishing()).isTrue();
    }
  }
}
