package dev.livedub.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.media.rtmp.RtmpException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are not granted, and servers that are none. */
@Timeout(60)
final class RtmpRefusalTest {

  private static final Duration BOUND = Duration.ofMillis(300);

  private final PublisherRig rig = new PublisherRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource({
    "NetConnection.Connect.Rejected, DENIED",
    "NetConnection.Connect.InvalidApp, DENIED",
    "NetConnection.Connect.Failed, LOST",
    "NetConnection.Connect.AppShutdown, LOST"
  })
  void open_connectIsAnsweredByAnError_isToldByItsCode(String code, Reason reason) {
    rig.serve(
        peer -> {
          peer.handshake();
          peer.say(
              "_error",
              peer.command("connect"),
              null,
              Map.of("level", "error", "code", code, "description", "not you"));
        });
    RtmpException e = rig.refusal();

    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e).hasMessage(code + " (not you)");
  }

  @ParameterizedTest
  @CsvSource({
    "NetStream.Publish.BadName, DENIED",
    "NetStream.Publish.Denied, DENIED",
    "NetStream.Publish.Unauthorized, DENIED",
    "NetStream.Failed, LOST"
  })
  void open_publishIsAnsweredByAnError_isToldByItsCode(String code, Reason reason) {
    rig.serve(
        peer -> {
          peer.asked();
          peer.status("error", code, "");
        });
    RtmpException e = rig.refusal();

    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e).hasMessage(code);
  }

  @Test
  void open_publishIsAnsweredByErrorWithoutWords_isDenied() {
    rig.serve(peer -> peer.say("_error", peer.asked(), null, null));

    assertThat(rig.refusal().reason()).isEqualTo(Reason.DENIED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void open_serverHangsUp_isNoDenialYet(int step) {
    rig.serve(
        peer -> {
          switch (step) {
            case 0 -> peer.greeting();
            case 1 -> {
              peer.handshake();
              peer.command("connect");
            }
            case 2 -> {
              peer.connected();
              peer.command("releaseStream");
              peer.command("FCPublish");
              peer.command("createStream");
            }
            case 3 -> peer.asked();
            default -> peer.say("close", peer.asked());
          }
        });

    assertThat(rig.refusal().reason()).isEqualTo(Reason.HUNG_UP);
  }

  @Test
  void open_noRtmpServer_saysSo() {
    rig.serve(
        peer -> {
          peer.greeting();
          peer.socket()
              .getOutputStream()
              .write("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII));
        });
    RtmpException e = rig.refusal();

    assertThat(e.reason()).isEqualTo(Reason.LOST);
    assertThat(e).hasMessageContaining("speaks no RTMP");
  }

  @Test
  void open_rubbishAfterTheHandshake_isLost() {
    rig.serve(
        peer -> {
          peer.handshake();
          peer.socket().getOutputStream().write(new byte[] {(byte) 0xC3, 1, 2, 3});
          peer.command("connect");
        });
    RtmpException e = rig.refusal();

    assertThat(e.reason()).isEqualTo(Reason.LOST);
    assertThat(e).hasMessageContaining("header type 3");
  }

  @Test
  void open_handshakeInParts_isWaitedFor() throws Exception {
    rig.serve(
        peer -> {
          byte[] greeting = peer.greeting();
          peer.socket().setTcpNoDelay(true);
          peer.socket().getOutputStream().write(3);
          for (int block = 0; block < 2; block++) {
            peer.socket().getOutputStream().write(greeting, 1, 700);
            peer.socket().getOutputStream().write(greeting, 701, ScriptedPeer.BLOCK_BYTES - 700);
          }
          byte[] echo = peer.socket().getInputStream().readNBytes(ScriptedPeer.BLOCK_BYTES);
          assertThat(greeting).endsWith(echo);
          peer.command("connect");
        });
    assertThat(rig.refusal().reason()).isEqualTo(Reason.HUNG_UP);
    rig.awaitServer();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void open_serverFallsSilent_endsAtItsBound(int step) {
    rig.serve(
        peer -> {
          if (step == 1) {
            peer.handshake();
          } else if (step == 2) {
            peer.asked();
          }
          peer.socket().getInputStream().readAllBytes();
        });
    rig.publisher().within(BOUND);
    long fromNanos = System.nanoTime();
    RtmpException e = rig.refusal();

    assertThat(e.reason()).isEqualTo(Reason.LOST);
    assertThat(e).hasMessage("no answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - fromNanos)).isGreaterThanOrEqualTo(BOUND);
  }

  @Test
  void open_nobodyListens_isLost() throws IOException {
    rig.serve();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = free.getLocalPort();
      free.close();
      try (RtmpPublisher publisher =
          new RtmpPublisher(RtmpAddress.of("rtmp://127.0.0.1:" + port + "/live/x"))) {
        publisher.within(Duration.ofSeconds(10));
        RtmpException e =
            org.assertj.core.api.Assertions.catchThrowableOfType(
                RtmpException.class, () -> publisher.open(Set.of(), 65_536));

        assertThat(e.reason()).isEqualTo(Reason.LOST);
        assertThat(e).hasMessageContaining("refused");
      }
    }
  }

  @Test
  void open_serverAsksForALogin_getsNameThenProof() throws Exception {
    AtomicReference<String> proof = new AtomicReference<>("");
    String needed = "[ AccessManager.Reject ] : [ authmod=adobe ] : ";
    String challenge = "?reason=needauth&user=bob&salt=abc=&challenge=q1==&opaque=q2==";
    rig.serve(
        "/live/key",
        peer -> {
          peer.handshake();
          refuse(peer, "[ AccessManager.Reject ] : [ code=403 need auth; authmod=adobe ] : ");
        },
        peer -> {
          peer.handshake();
          assertThat(refuse(peer, needed + challenge)).isEqualTo("live?authmod=adobe&user=bob");
        },
        peer -> {
          peer.handshake();
          proof.set(refuse(peer, needed + "?reason=authfailed&opaque=q2=="));
        });
    RtmpAddress plain = rig.address("/live/key");
    try (RtmpPublisher publisher =
        new RtmpPublisher(
            RtmpAddress.of("rtmp://bob:hush@127.0.0.1:" + plain.port() + "/live/key"))) {
      publisher.within(Duration.ofSeconds(20));
      RtmpException e =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              RtmpException.class, () -> publisher.open(Set.of(), 65_536));
      rig.awaitServer();

      assertThat(e.reason()).isEqualTo(Reason.DENIED);
      assertThat(e).hasMessageContaining("authfailed");
      assertThat(proof.get())
          .matches(
              "live\\?authmod=adobe&user=bob&challenge=[0-9a-f]{8}"
                  + "&response=[A-Za-z0-9+/]{22}==&opaque=q2==");
    }
  }

  private static String refuse(ScriptedPeer peer, String words) throws IOException {
    List<Object> connect = peer.command("connect");
    peer.say(
        "_error",
        connect,
        null,
        Map.of("level", "error", "code", "NetConnection.Connect.Rejected", "description", words));
    return String.valueOf(((Map<?, ?>) connect.get(2)).get("app"));
  }
}
