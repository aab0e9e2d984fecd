package dev.livedub.media.rtsp;

import static dev.livedub.media.rtsp.ScriptedServer.rtp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.media.rtsp.ScriptedServer.Request;
import dev.livedub.media.rtsp.ScriptedServer.Script;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that behaves, in one way or another. */
@Timeout(60)
class RtspClientTest {

  private static final String SOUND = "m=audio 0 RTP/AVP 0\r\na=control:t0\r\n";
  private static final String BOTH =
      """
      a=control:*
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=control:t0
      m=audio 0 RTP/AVP 0
      a=control:t1
      """;
  private static final Duration GOOD_BYE = Duration.ofSeconds(20);

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(RtspClient.BUFFER_BYTES);

  private RtspClient client(String url) throws RtspException {
    return new RtspClient(url, buffer, Duration.ZERO);
  }

  private static long soon() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
  }

  /** The RTP times of what comes next, reports left out. */
  private int nextRtpTime(RtspClient client) throws RtspException {
    int sizeBytes = client.next(soon());
    while (sizeBytes > 0 && Rtcp.isRtcp(buffer, client.offset(), sizeBytes)) {
      sizeBytes = client.next(soon());
    }
    return sizeBytes < 0 ? -1 : buffer.getInt(client.offset() + 4);
  }

  @Test
  void open_wholeConversation_isThatOfTheStandard() throws Exception {
    Script script =
        peer -> {
          Request options = peer.expect("OPTIONS");
          assertThat(options.uri()).isEqualTo("rtsp://127.0.0.1:" + portOf(options) + "/live/x");
          peer.answer(options, "200 OK", "Public: DESCRIBE");
          Request describe = peer.expect("DESCRIBE");
          assertThat(describe.header("Accept")).isEqualTo("application/sdp");
          peer.answerWith(BOTH, describe, "200 OK", "Content-Base: rtsp://elsewhere/base/");
          Request first = peer.expect("SETUP");
          assertThat(first.uri()).isEqualTo("rtsp://elsewhere/base/t0");
          assertThat(first.header("Transport")).isEqualTo("RTP/AVP/TCP;unicast;interleaved=0-1");
          assertThat(first.header("Session")).isEmpty();
          peer.answer(
              first,
              "200 OK",
              "Session: abc ; timeout=90",
              "Transport: RTP/AVP/TCP;interleaved=10-11");
          Request second = peer.expect("SETUP");
          assertThat(second.uri()).isEqualTo("rtsp://elsewhere/base/t1");
          assertThat(second.header("Session")).isEqualTo("abc");
          peer.answer(second, "200 OK", "Session: abc", "Transport: RTP/AVP/TCP;interleaved=2-3");
          Request play = peer.expect("PLAY");
          assertThat(play.uri()).isEqualTo("rtsp://elsewhere/base/");
          peer.frame(10, rtp(96, 1, 1, 10)); // before the answer: passed over
          peer.send("RTSP/1.0 100 Continue\r\nCSeq: " + play.header("CSeq") + "\r\n\r\n");
          peer.answer(play, "200 OK");
          peer.frame(10, rtp(96, 2, 100, 10));
          peer.frame(2, rtp(0, 1, 200, 10));
          Request tearDown = peer.expect("TEARDOWN");
          assertThat(tearDown.header("Session")).isEqualTo("abc");
          peer.frame(2, rtp(0, 2, 300, 10));
          peer.answer(tearDown, "200 OK");
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      RtspClient client = client(server.url());

      assertThat(client.open(soon())).contains("m=video 0 RTP/AVP 96", "m=audio 0 RTP/AVP 0");
      assertThat(nextRtpTime(client)).isEqualTo(100);
      assertThat(nextRtpTime(client)).isEqualTo(200);
      client.close(GOOD_BYE);
      server.verify();
    }
  }

  private static String portOf(Request request) {
    return request.uri().replaceAll(".*:(\\d+)/.*", "$1");
  }

  @Test
  void open_serverWritesByteByByte_succeeds() throws Exception {
    Script script =
        peer -> {
          trickle(peer, "RTSP/1.0 200 OK\r\nCSeq: " + peer.expect("OPTIONS").header("CSeq"), "");
          trickle(
              peer, "RTSP/1.0 200 OK\r\nCSeq: " + peer.expect("DESCRIBE").header("CSeq"), SOUND);
          Request setup = peer.expect("SETUP");
          trickle(
              peer,
              "RTSP/1.0 200 OK\r\nTransport: "
                  + setup.header("Transport")
                  + "\r\nCSeq: "
                  + setup.header("CSeq"),
              "");
          trickle(peer, "RTSP/1.0 200 OK\r\nCSeq: " + peer.expect("PLAY").header("CSeq"), "");
          for (byte one :
              new byte[] {'$', 0, 0, 12, (byte) 0x80, 0, 0, 1, 0, 0, 0, 9, 1, 1, 1, 1}) {
            peer.send(new byte[] {one});
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        RtspClient client = client(server.url())) {
      client.open(soon());

      assertThat(nextRtpTime(client)).isEqualTo(9);
      assertThat(client.next(soon())).isEqualTo(-1);
      server.verify();
    }
  }

  private static void trickle(ScriptedServer.Peer peer, String head, String body)
      throws IOException {
    String message = head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    for (byte one : message.getBytes(StandardCharsets.US_ASCII)) {
      peer.send(new byte[] {one});
    }
  }

  @Test
  void open_redirectedTwice_playsAtTheLastPlace() throws Exception {
    try (ScriptedServer last = ScriptedServer.start(peer -> peer.play(SOUND, "", "s"));
        ScriptedServer first =
            ScriptedServer.start(
                peer -> {
                  peer.answer(peer.expect("OPTIONS"), "200 OK");
                  peer.answer(peer.expect("DESCRIBE"), "302 Found", "Location: /moved");
                  peer.awaitEnd();
                },
                peer -> {
                  Request options = peer.expect("OPTIONS");
                  assertThat(options.uri()).endsWith("/moved");
                  peer.answer(options, "501 Not Implemented");
                  peer.answer(peer.expect("DESCRIBE"), "301 Moved", "Location: " + last.url());
                  peer.awaitEnd();
                });
        RtspClient client = client(first.url())) {
      assertThat(client.open(soon())).contains("m=audio");
      first.verify();
      last.verify();
    }
  }

  @Test
  void open_wantsALogin_isAskedAgainWithItAndEverAfter() throws Exception {
    Script script =
        peer -> {
          peer.answer(peer.expect("OPTIONS"), "200 OK");
          Request bare = peer.expect("DESCRIBE");
          assertThat(bare.header("Authorization")).isEmpty();
          peer.answer(
              bare, "401 Unauthorized", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"");
          Request authorized = peer.expect("DESCRIBE");
          assertThat(authorized.header("Authorization"))
              .contains("username=\"user\"", "uri=\"" + authorized.uri() + "\"");
          peer.answerWith(SOUND, authorized, "200 OK");
          Request setup = peer.expect("SETUP");
          assertThat(setup.header("Authorization")).contains("uri=\"" + setup.uri() + "\"");
          peer.answer(setup, "200 OK", "Transport: " + setup.header("Transport"));
          peer.answer(peer.expect("PLAY"), "200 OK");
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        RtspClient client = client(server.url().replace("//", "//user:p%40ss@"))) {
      client.open(soon());
      server.verify();
    }
  }

  @Test
  void next_serverAsks_isAnsweredInMidStream() throws Exception {
    Script script =
        peer -> {
          peer.play(SOUND, "", "s");
          peer.frame(0, rtp(0, 1, 1, 10));
          peer.send("OPTIONS * RTSP/1.0\r\nCSeq: 41\r\n\r\n");
          peer.send("ANNOUNCE rtsp://h/x RTSP/1.0\r\nCSeq: 42\r\nContent-Length: 3\r\n\r\nv=0");
          peer.frame(0, rtp(0, 2, 2, 10));
          assertThat(peer.expect("RTSP/1.0").text()).startsWith("RTSP/1.0 200 OK\r\nCSeq: 41\r\n");
          assertThat(peer.expect("RTSP/1.0").text()).startsWith("RTSP/1.0 501 Not Impl");
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        RtspClient client = client(server.url())) {
      client.open(soon());

      assertThat(nextRtpTime(client)).isEqualTo(1);
      assertThat(nextRtpTime(client)).isEqualTo(2);
      server.verify();
    }
  }

  @Test
  void next_shortSessionTimeout_showsSignsOfLife() throws Exception {
    CompletableFuture<Void> alive = new CompletableFuture<>();
    Script script =
        peer -> {
          peer.play(SOUND, "", "s;timeout=1");
          Thread sending = new Thread(() -> sendUntil(alive, peer));
          sending.start();
          Request first = peer.expect("GET_PARAMETER");
          assertThat(first.header("Session")).isEqualTo("s");
          peer.answer(first, "200 OK");
          peer.expect("GET_PARAMETER");
          alive.complete(null);
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        RtspClient client = client(server.url())) {
      client.open(soon());
      int sizeBytes;
      do {
        sizeBytes = client.next(soon());
      } while (sizeBytes >= 0);
      server.verify();
    }
  }

  /** One packet every few milliseconds. */
  private static void sendUntil(CompletableFuture<Void> end, ScriptedServer.Peer peer) {
    for (int i = 0; !end.isDone(); i++) {
      try {
        peer.frame(0, rtp(0, i, i * 160, 10));
      } catch (IOException e) {
        return; // the client has left
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
