package dev.livedub.testkit.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livedub.testkit.net.Hangup;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault is seen by a player and proven by the log. */
@Timeout(60)
final class RtspFaultsTest {

  private static final int SILENCE_MILLIS = 300;

  private final RtspRelay relay = RtspRelay.start();
  private final RelayPath path = relay.path(RtspTestPeer.PATH);
  private final PathFaults faults = path.faults();
  private RtspTestPeer publisher;

  @BeforeEach
  void publish() throws IOException {
    publisher = RtspTestPeer.publisher(relay);
  }

  @AfterEach
  void closeAll() throws IOException {
    publisher.close();
    relay.close();
  }

  @Test
  void refuseConnections_thenAccept_samePortServesAgain() throws IOException {
    int port = relay.port();
    relay.refuseConnections();
    assertThatThrownBy(() -> new RtspTestPeer(relay)).isInstanceOf(ConnectException.class);
    assertThat(publisher.request("OPTIONS", publisher.url(), "", "").status()).isEqualTo(200);

    relay.acceptConnections();

    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      assertThat(relay.port()).isEqualTo(port);
      assertThat(relay.faults().entries(RtspFault.REFUSE_CONNECTIONS)).hasSize(2);
      assertThat(player.describe().status()).isEqualTo(200);
    }
  }

  @Test
  void ignoreConnections_whileOn_nothingIsAnswered() throws IOException {
    relay.ignoreConnections();
    try (RtspTestPeer mute = new RtspTestPeer(relay)) {
      mute.readTimeoutMillis(SILENCE_MILLIS);
      assertThatThrownBy(mute::describe).isInstanceOf(SocketTimeoutException.class);
      assertThat(relay.faults().hits(RtspFault.IGNORE_CONNECTIONS)).isEqualTo(1);

      relay.serveConnections();
      assertThatThrownBy(mute::readReply).isInstanceOf(IOException.class);
    }
    try (RtspTestPeer player = new RtspTestPeer(relay)) {
      assertThat(player.describe().status()).isEqualTo(200);
    }
  }

  @Test
  void ignoreRequests_ofThePath_nothingIsAnsweredThere() throws IOException {
    faults.ignoreRequests(true);
    try (RtspTestPeer mute = new RtspTestPeer(relay);
        RtspTestPeer elsewhere = new RtspTestPeer(relay, "other")) {
      mute.readTimeoutMillis(SILENCE_MILLIS);
      assertThatThrownBy(mute::describe).isInstanceOf(SocketTimeoutException.class);
      assertThat(elsewhere.describe().status()).isEqualTo(404);
      assertThat(faults.log().hits(RtspFault.IGNORE_REQUESTS)).isEqualTo(1);

      faults.ignoreRequests(false);
      assertThat(mute.describe().status()).isEqualTo(200);
    }
  }

  @Test
  void answerDescribe_401Then404Then200_isWhatPlayersGet() throws IOException {
    try (RtspTestPeer player = new RtspTestPeer(relay)) {
      faults.answerDescribe(401);
      RtspTestPeer.Reply unauthorized = player.describe();
      faults.answerDescribe(404);
      int notFound = player.describe().status();
      faults.answerDescribe(200);

      assertThat(unauthorized.status()).isEqualTo(401);
      assertThat(unauthorized.headers()).containsKey("www-authenticate");
      assertThat(notFound).isEqualTo(404);
      assertThat(player.describe().status()).isEqualTo(200);
      assertThat(faults.log().hits(RtspFault.DESCRIBE_ERROR)).isEqualTo(2);
    }
  }

  @Test
  void kickPlayers_byFin_endsInOrder() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      assertThat(faults.kickPlayers(Hangup.FIN)).isEqualTo(1);

      assertThatCode(player::readToEnd).doesNotThrowAnyException();
      assertThat(faults.log().hits(RtspFault.KICK_PLAYERS)).isEqualTo(1);
      assertThat(path.stats().publishing()).isTrue();
    }
  }

  @Test
  void kickPlayers_byRst_resets() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      assertThat(faults.kickPlayers(Hangup.RST)).isEqualTo(1);

      assertThatThrownBy(player::readToEnd)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      assertThat(faults.log().entries(RtspFault.KICK_PLAYERS).get(0).detail()).isEqualTo("RST");
    }
  }

  @Test
  void kickPublisher_withAPlayer_endsBoth() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      assertThat(faults.kickPublisher(Hangup.RST)).isTrue();

      player.readToEnd();
      assertThatThrownBy(publisher::readToEnd).isInstanceOf(SocketException.class);
      assertThat(path.stats().publishing()).isFalse();
      assertThat(faults.kickPublisher(Hangup.RST)).isFalse();
      assertThat(faults.log().hits(RtspFault.KICK_PUBLISHER)).isEqualTo(1);
    }
  }

  @Test
  void stall_resumedByBurst_deliversAllInOrder() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      stallAndSend(player);
      faults.resume(StallRelease.BURST);
      picture(3);

      assertThat(player.readPacket().timestamp()).isEqualTo(1);
      assertThat(player.readPacket().timestamp()).isEqualTo(2);
      assertThat(player.readPacket().timestamp()).isEqualTo(3);
      assertThat(faults.log().hits(RtspFault.STALL)).isEqualTo(2);
      assertThat(faults.log().hits(RtspFault.STALL_BURST)).isEqualTo(2);
    }
  }

  @Test
  void stall_resumedByDrop_losesWhatCame() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      stallAndSend(player);
      faults.resume(StallRelease.DROP);
      picture(3);

      assertThat(player.readPacket().timestamp()).isEqualTo(3);
      assertThat(faults.log().hits(RtspFault.STALL_DROPPED)).isEqualTo(2);
    }
  }

  @Test
  void sendRubbish_whilePlaying_goesBetweenFrames() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      byte[] expected = new byte[500];
      new Random(42).nextBytes(expected);

      assertThat(faults.sendRubbish(500, 42)).isEqualTo(1);
      picture(1);

      assertThat(player.readRaw(500)).isEqualTo(expected);
      assertThat(player.readPacket().timestamp()).isEqualTo(1);
      assertThat(faults.log().hits(RtspFault.RUBBISH)).isEqualTo(1);
    }
  }

  @Test
  void withholdSenderReports_forAWhile_onlyRtpPasses() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      faults.withholdSenderReports(Duration.ofHours(1));
      publisher.sendReport(RtspTestPeer.VIDEO_RTCP, 100);
      picture(1);
      assertThat(player.readPacket().channel()).isEqualTo(RtspTestPeer.VIDEO);

      faults.passSenderReports();
      publisher.sendReport(RtspTestPeer.VIDEO_RTCP, 200);

      assertThat(player.readPacket().reportTimestamp()).isEqualTo(200);
      assertThat(faults.log().hits(RtspFault.WITHHOLD_SENDER_REPORTS)).isEqualTo(1);
    }
  }

  @Test
  void withholdSenderReports_timeOver_theyPassAgain() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      faults.withholdSenderReports(Duration.ZERO);
      publisher.sendReport(RtspTestPeer.VIDEO_RTCP, 100);

      assertThat(player.readPacket().reportTimestamp()).isEqualTo(100);
    }
  }

  @Test
  void delaySenderReports_byASecond_comeAtLeastSoMuchLater() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      faults.delaySenderReports(Duration.ofSeconds(1));
      long sentNanos = System.nanoTime();
      publisher.sendReport(RtspTestPeer.VIDEO_RTCP, 100);
      picture(1);

      assertThat(player.readPacket().channel()).isEqualTo(RtspTestPeer.VIDEO);
      assertThat(player.readPacket().reportTimestamp()).isEqualTo(100);
      assertThat(System.nanoTime() - sentNanos).isGreaterThan(990_000_000L);
      await().until(() -> faults.log().hits(RtspFault.DELAY_SENDER_REPORTS) == 1);
    }
  }

  @Test
  void dropTrack_video_soundGoesOn() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      faults.dropTrack(TrackSelector.VIDEO, Duration.ofHours(1));
      picture(1);
      publisher.sendReport(RtspTestPeer.VIDEO_RTCP, 1);
      publisher.sendRtp(RtspTestPeer.AUDIO, 2, (byte) 9);
      assertThat(player.readPacket().channel()).isEqualTo(RtspTestPeer.AUDIO);

      faults.passTracks();
      picture(3);

      assertThat(player.readPacket().timestamp()).isEqualTo(3);
      assertThat(faults.log().hits(RtspFault.DROP_TRACK)).isEqualTo(2);
    }
  }

  @Test
  void dropEveryNth_3_losesEachThird() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      faults.dropEveryNth(TrackSelector.ALL, 3);
      for (int i = 1; i <= 6; i++) {
        picture(i);
      }
      for (int expected : new int[] {1, 2, 4, 5}) {
        assertThat(player.readPacket().timestamp()).isEqualTo(expected);
      }
      await().until(() -> faults.log().hits(RtspFault.DROP_EVERY_NTH) == 2);

      faults.passPackets();
      picture(9);

      assertThat(player.readPacket().timestamp()).isEqualTo(9);
    }
  }

  @Test
  void shiftTimestamps_forwardThenBackBeyondZero_movesRtpAndReports() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      picture(1000);
      assertThat(player.readPacket().timestamp()).isEqualTo(1000);

      faults.shiftTimestamps(TrackSelector.ALL, Duration.ofSeconds(2));
      picture(2000);
      publisher.sendReport(RtspTestPeer.VIDEO_RTCP, 2000);
      assertThat(player.readPacket().timestamp()).isEqualTo(182_000);
      assertThat(player.readPacket().reportTimestamp()).isEqualTo(182_000);

      faults.shiftTimestamps(TrackSelector.VIDEO, Duration.ofSeconds(-3));
      picture(3000);
      assertThat(player.readPacket().timestamp()).isEqualTo((1L << 32) + 3000 - 90_000);
      await().until(() -> faults.log().hits(RtspFault.SHIFT_TIMESTAMPS) == 3);
    }
  }

  @Test
  void shiftTimestamps_nothingFlowing_isRefused() {
    assertThatThrownBy(() -> faults.shiftTimestamps(TrackSelector.VIDEO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("VIDEO");
  }

  @Test
  void wrapTimestampsIn_tenMinutes_isThatFarFromTheWrap() throws IOException {
    try (RtspTestPeer player = RtspTestPeer.player(relay)) {
      picture(1000);
      player.readPacket();

      faults.wrapTimestampsIn(TrackSelector.VIDEO, Duration.ofMinutes(10));
      picture(1000);

      // As if sent at the time of the first picture: a little more than ten minutes before.
      long left = (1L << 32) - player.readPacket().timestamp();
      assertThat(left).isBetween(600L * 90_000, 660L * 90_000);
    }
  }

  private void stallAndSend(RtspTestPeer player) throws IOException {
    faults.stall();
    picture(1);
    picture(2);
    await().until(() -> faults.log().hits(RtspFault.STALL) == 2);
    player.readTimeoutMillis(SILENCE_MILLIS);
    assertThatThrownBy(player::readPacket).isInstanceOf(SocketTimeoutException.class);
    player.readTimeoutMillis(10_000);
    assertThat(player.request("GET_PARAMETER", player.url(), "", "").status()).isEqualTo(200);
  }

  private void picture(int timestamp) throws IOException {
    publisher.sendRtp(RtspTestPeer.VIDEO, timestamp, (byte) 0x41, (byte) 7);
  }
}
