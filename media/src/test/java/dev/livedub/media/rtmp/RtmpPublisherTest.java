package dev.livedub.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.media.flv.TagWriter.Kind;
import dev.livedub.media.rtmp.RtmpException.Reason;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that is granted, and all that may happen until its end. */
@Timeout(60)
final class RtmpPublisherTest {

  private volatile List<Object> heard = List.of();
  private final PublisherRig rig = new PublisherRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void open_granted_hasAskedAsEncodersDo() throws Exception {
    rig.serve(
        "/live/demo/key?a=b",
        peer -> {
          peer.handshake();
          List<Object> connect = peer.command("connect");
          peer.say("_result", connect, Map.of(), Map.of());
          assertThat(peer.command("releaseStream").get(3)).isEqualTo("key?a=b");
          assertThat(peer.command("FCPublish").get(3)).isEqualTo("key?a=b");
          peer.say("_result", peer.command("createStream"), null, 7);
          heard = peer.command("publish");
          peer.status("status", "NetStream.Publish.Start", "");
          peer.bidFarewell();
          assertThat(connect.get(1)).isEqualTo(1.0);
          assertThat(connect.get(2))
              .isEqualTo(
                  Map.of(
                      "app", "live/demo",
                      "type", "nonprivate",
                      "flashVer", "FMLE/3.0 (compatible; livedub)",
                      "tcUrl", rig.address("/live/demo/x").tcUrl()));
        });
    rig.open();
    rig.publisher().finish();
    rig.awaitServer();

    assertThat(heard.subList(2, 5)).containsExactly(null, "key?a=b", "live");
  }

  @Test
  void open_enhancedCodec_isAnnounced() throws Exception {
    rig.serve(
        peer -> {
          peer.handshake();
          heard = peer.command("connect");
        });
    rig.refusal(Set.of("hvc1"));
    rig.awaitServer();

    Map<?, ?> properties = (Map<?, ?>) heard.get(2);
    assertThat(properties.get("fourCcList")).isEqualTo(List.of("hvc1"));
    assertThat(properties.get("videoFourCcInfoMap")).isEqualTo(Map.of("hvc1", 6.0));
  }

  @Test
  void fill_tags_arriveOnceFlushed() throws Exception {
    rig.serve(
        peer -> {
          peer.granted();
          assertThat(peer.message(MessageType.AUDIO).payload()).containsOnly(5).hasSize(3);
          assertThat(peer.message(MessageType.VIDEO).payload()).containsOnly(6).hasSize(100_000);
          peer.bidFarewell();
        });
    rig.open();
    TestTags.publish(rig.publisher(), Kind.SOUND, 5, 3);
    TestTags.publish(rig.publisher(), Kind.PICTURE, 6, 100_000);
    rig.publisher().flush();
    rig.publisher().finish();

    rig.awaitServer();
  }

  @Test
  void flush_pingAndMoreThanAWindowCame_areAnswered() throws Exception {
    rig.serve(
        peer -> {
          peer.granted();
          peer.out().control(MessageType.WINDOW_SIZE, 10);
          peer.out()
              .message(
                  ChunkWriter.CONTROL, MessageType.USER_CONTROL, 0, new byte[] {0, 6, 1, 2, 3, 4});
          peer.out().flush();
          boolean pong = false;
          long acknowledged = 0;
          while (!pong || acknowledged == 0) {
            RtmpMessage message = peer.message();
            pong |=
                message.type() == MessageType.USER_CONTROL
                    && ByteBuffer.wrap(message.payload())
                        .equals(ByteBuffer.wrap(new byte[] {0, 7, 1, 2, 3, 4}));
            acknowledged += message.type() == MessageType.ACKNOWLEDGEMENT ? message.number(0) : 0;
            peer.status("status", "NetStream.Say.Something", "so that there are bytes to count");
          }
        });
    rig.open();

    assertThat(rig.flushUntilLost()).hasMessageContaining("the server ended the connection");
    rig.awaitServer();
  }

  @Test
  void flush_serverChangesItsChunkSize_isFollowed() throws Exception {
    rig.serve(
        peer -> {
          peer.granted();
          peer.out().chunkBytes(1000);
          peer.status("status", "NetStream.Some.Thing", "x".repeat(5_000));
          peer.out().chunkBytes(1);
          peer.status("error", "NetStream.Publish.Revoked", "y".repeat(500));
        });
    rig.open();

    assertThat(rig.flushUntilLost())
        .hasMessage("NetStream.Publish.Revoked (" + "y".repeat(500) + ")");
    rig.awaitServer();
  }

  @Test
  void flush_lateErrorOfAnotherCommand_doesNotMatter() throws Exception {
    rig.serve(
        peer -> {
          peer.granted();
          peer.say("_error", List.of("FCPublish", 3), null, Map.of("level", "error", "code", "x"));
          peer.say("onBWDone", List.of("", 0));
          peer.say("close", List.of("", 0));
        });
    rig.open();

    assertThat(rig.flushUntilLost()).hasMessage("the server closed the connection");
    rig.awaitServer();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void flush_serverGoesAway_isLost(boolean reset) throws Exception {
    rig.serve(
        peer -> {
          peer.granted();
          peer.socket().setSoLinger(reset, 0);
        });
    rig.open();

    assertThat(rig.flushUntilLost().reason()).isEqualTo(Reason.LOST);
  }

  @Test
  void flush_serverSpeaksWithoutEnd_isNotListenedToWithoutEnd() throws Exception {
    rig.serve(
        peer -> {
          peer.granted();
          try {
            while (true) {
              peer.status("status", "NetStream.Some.Thing", "x".repeat(10_000));
            }
          } catch (java.net.SocketException e) {
            heard = List.of("gone");
          }
        });
    rig.open();
    rig.publisher().within(java.time.Duration.ofMillis(300));

    assertThat(rig.flushUntilLost()).hasMessage("no answer in time");
    rig.awaitServer();
    assertThat(heard).containsExactly("gone");
  }

  @Test
  void finish_serverSpeaksMeanwhile_losesNothing() throws Exception {
    rig.serve(
        peer -> {
          peer.granted();
          for (int i = 0; i < 50; i++) {
            assertThat(peer.message(MessageType.VIDEO).payload()).hasSize(10_000);
            peer.status("status", "NetStream.Some.Thing", "");
          }
          peer.bidFarewell();
        });
    rig.open();
    for (int i = 0; i < 50; i++) {
      TestTags.publish(rig.publisher(), Kind.PICTURE, i, 10_000);
    }
    rig.publisher().finish();

    rig.awaitServer();
  }

  @Test
  void close_notFinished_endsTheStreamAllTheSame() throws Exception {
    rig.serve(
        peer -> {
          peer.granted();
          peer.bidFarewell();
        });
    rig.open();
    rig.publisher().cancel();
    rig.publisher().close();
    rig.publisher().close();

    rig.awaitServer();
  }

  @Test
  void close_withinAMessage_resetsRatherThanSendHalfOfIt() throws Exception {
    rig.serve(
        peer -> {
          peer.granted();
          try {
            peer.command("FCUnpublish");
            throw new IllegalStateException("half a message was followed by another");
          } catch (EOFException | java.net.SocketException e) {
            heard = List.of("gone");
          }
        });
    rig.open();
    rig.publisher().begin(Kind.PICTURE, 0, 1_000);
    rig.publisher().fill(ByteBuffer.allocate(500));
    rig.publisher().close();
    rig.awaitServer();

    assertThat(heard).containsExactly("gone");
  }
}
