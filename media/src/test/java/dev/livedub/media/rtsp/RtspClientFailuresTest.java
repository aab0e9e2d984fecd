package dev.livedub.media.rtsp;

import static dev.livedub.media.rtsp.ScriptedServer.rtp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livedub.media.rtsp.RtspException.Reason;
import dev.livedub.media.rtsp.ScriptedServer.Script;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that does not behave, or is none. */
@Timeout(60)
class RtspClientFailuresTest {

  private static final String SOUND = "m=audio 0 RTP/AVP 0\r\na=control:t0\r\n";

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(RtspClient.BUFFER_BYTES);

  private static long in(Duration duration) {
    return System.nanoTime() + duration.toNanos();
  }

  private static long soon() {
    return in(Duration.ofSeconds(20));
  }

  private RtspException openFailure(String url, long dueNanos) throws RtspException {
    try (RtspClient client = new RtspClient(url, buffer, Duration.ZERO)) {
      return catchThrowableOfType(RtspException.class, () -> client.open(dueNanos));
    }
  }

  private RtspException openFailure(Script script) throws Exception {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      return openFailure(server.url(), soon());
    }
  }

  /** What comes after the answer to PLAY and one packet. */
  private RtspException readFailure(Script script) throws Exception {
    Script playing =
        peer -> {
          peer.play(SOUND, "", "s");
          peer.frame(0, rtp(0, 1, 1, 10));
          script.serve(peer);
        };
    try (ScriptedServer server = ScriptedServer.start(playing);
        RtspClient client = new RtspClient(server.url(), buffer, Duration.ZERO)) {
      client.open(soon());
      return catchThrowableOfType(
          RtspException.class,
          () -> {
            int sizeBytes;
            do {
              sizeBytes = client.next(soon());
            } while (sizeBytes >= 0);
          });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401 Unauthorized, DENIED",
    "403 Forbidden, DENIED",
    "404 Not Found, STATUS",
    "454 Session Not Found, STATUS",
    "500 Oh No, STATUS",
    "302 Nowhere, STATUS",
  })
  void open_anyStatus_isToldApart(String status, Reason reason) throws Exception {
    RtspException e =
        openFailure(
            peer -> {
              peer.answer(peer.expect("OPTIONS"), "200 OK");
              peer.answer(peer.expect("DESCRIBE"), status);
            });

    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e).hasMessage("the server answered " + status + " to DESCRIBE");
  }

  @Test
  void open_wrongPassword_isDeniedAfterOneTryAndNotShown() throws Exception {
    Script script =
        peer -> {
          String challenge = "WWW-Authenticate: Basic realm=\"r\"";
          peer.answer(peer.expect("OPTIONS"), "200 OK");
          peer.answer(peer.expect("DESCRIBE"), "401 Unauthorized", challenge);
          peer.answer(peer.expect("DESCRIBE"), "401 Unauthorized", challenge);
          peer.awaitEnd();
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      RtspException e = openFailure(server.url().replace("//", "//user:topsecret@"), soon());

      assertThat(e.reason()).isEqualTo(Reason.DENIED);
      assertThat(e.toString()).doesNotContain("topsecret");
      server.verify();
    }
  }

  @Test
  void open_nobodyListens_isUnreachable() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    assertThat(openFailure("rtsp://127.0.0.1:" + port + "/x", soon()).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void open_unknownHost_isUnreachable() throws Exception {
    assertThat(openFailure("rtsp://no-such-host.invalid/x", soon()).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void open_redirectedForEver_givesUp() throws Exception {
    Script turn =
        peer -> {
          peer.answer(peer.expect("OPTIONS"), "200 OK");
          peer.answer(peer.expect("DESCRIBE"), "302 Found", "Location: /again");
          peer.awaitEnd();
        };
    try (ScriptedServer server = ScriptedServer.start(turn, turn, turn, turn, turn, turn)) {
      assertThat(openFailure(server.url(), soon())).hasMessageContaining("redirected");
      server.verify();
    }
  }

  @Test
  void open_hangsUpBeforeAnAnswer_isBroken() throws Exception {
    RtspException e = openFailure(peer -> peer.expect("OPTIONS"));

    assertThat(e.reason()).isEqualTo(Reason.BROKEN);
    assertThat(e).hasMessageContaining("OPTIONS");
  }

  @Test
  void open_notRtsp_isRubbish() throws Exception {
    assertThat(openFailure(peer -> peer.send("SSH-2.0-OpenSSH\r\n")).reason())
        .isEqualTo(Reason.RUBBISH);
  }

  @Test
  void open_nothingButMetadata_isUnsupported() throws Exception {
    RtspException e =
        openFailure(
            peer -> {
              peer.answer(peer.expect("OPTIONS"), "200 OK");
              String sdp = "m=application 0 RTP/AVP 96\r\n";
              peer.answerWith(sdp, peer.expect("DESCRIBE"), "200 OK");
            });

    assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void open_udpOnly_isRefused() throws Exception {
    RtspException e =
        openFailure(
            peer -> {
              peer.answer(peer.expect("OPTIONS"), "200 OK");
              peer.answerWith(SOUND, peer.expect("DESCRIBE"), "200 OK");
              peer.answer(peer.expect("SETUP"), "200 OK", "Transport: RTP/AVP;client_port=1-2");
            });

    assertThat(e).hasMessageContaining("TCP");
  }

  @Test
  void open_serverFallsSilent_endsAtItsTime() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Script script =
        peer -> {
          peer.answer(peer.expect("OPTIONS"), "200 OK");
          await(done);
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      RtspException e = openFailure(server.url(), in(Duration.ofMillis(300)));
      done.countDown();

      assertThat(e.reason()).isEqualTo(Reason.OUT_OF_TIME);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the test forgot its server");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void next_connectionReset_isBroken() throws Exception {
    assertThat(readFailure(ScriptedServer.Peer::reset).reason()).isEqualTo(Reason.BROKEN);
  }

  @Test
  void next_connectionEnded_isNoFailure() throws Exception {
    assertThat(readFailure(peer -> {})).isNull();
  }

  @Test
  void next_rubbishInTheStream_isRubbish() throws Exception {
    assertThat(readFailure(peer -> peer.send("\1\2\3")).reason()).isEqualTo(Reason.RUBBISH);
  }

  @Test
  void next_serverFallsSilent_endsAtItsTime() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Script script =
        peer -> {
          peer.play(SOUND, "", "s");
          await(done);
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        RtspClient client = new RtspClient(server.url(), buffer, Duration.ZERO)) {
      client.open(soon());
      RtspException e =
          catchThrowableOfType(RtspException.class, () -> client.next(in(Duration.ofMillis(200))));
      done.countDown();

      assertThat(e.reason()).isEqualTo(Reason.OUT_OF_TIME);
    }
  }

  @Test
  void cancel_beforeOpen_endsIt() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RtspClient client =
            new RtspClient(
                "rtsp://127.0.0.1:" + silent.getLocalPort() + "/x", buffer, Duration.ZERO)) {
      client.cancel();

      assertThat(catchThrowableOfType(RtspException.class, () -> client.open(soon())).reason())
          .isEqualTo(Reason.CANCELLED);
    }
  }

  @Test
  void cancel_whileConnecting_endsIt() throws Exception {
    // Once its queue is full, the kernel lets further connections hang.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "rtsp://127.0.0.1:" + full.getLocalPort() + "/x";
      List<SocketChannel> queue = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        SocketChannel waiting = SocketChannel.open();
        waiting.configureBlocking(false);
        waiting.connect(full.getLocalSocketAddress());
        queue.add(waiting);
      }
      assertCancelled(new RtspClient(url, buffer, Duration.ZERO), new CountDownLatch(0));
      for (SocketChannel waiting : queue) {
        waiting.close();
      }
    }
  }

  @Test
  void cancel_whileWaitingForAnAnswer_endsIt() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Script script =
        peer -> {
          peer.expect("OPTIONS");
          asked.countDown();
          peer.awaitEnd();
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      assertCancelled(new RtspClient(server.url(), buffer, Duration.ZERO), asked);
      server.verify();
    }
  }

  private static void assertCancelled(RtspClient client, CountDownLatch mayCancel)
      throws Exception {
    CompletableFuture<RtspException> opening =
        CompletableFuture.supplyAsync(
            () -> {
              try (client) {
                return catchThrowableOfType(RtspException.class, () -> client.open(soon()));
              }
            });
    await(mayCancel);
    client.cancel();

    assertThat(opening.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CANCELLED);
  }

  @Test
  void cancel_whileReading_endsItAndStillSaysGoodBye() throws Exception {
    Script script =
        peer -> {
          peer.play(SOUND, "", "s");
          peer.answer(peer.expect("TEARDOWN"), "200 OK");
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      RtspClient client = new RtspClient(server.url(), buffer, Duration.ZERO);
      client.open(soon());
      CompletableFuture<RtspException> reading =
          CompletableFuture.supplyAsync(
              () -> catchThrowableOfType(RtspException.class, () -> client.next(soon())));
      client.cancel();

      assertThat(reading.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CANCELLED);
      client.close(Duration.ofSeconds(20));
      server.verify();
    }
  }
}
