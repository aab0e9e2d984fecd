package dev.livedub.media.ffmpeg;

import static dev.livedub.media.rtsp.ScriptedServer.report;
import static dev.livedub.media.rtsp.ScriptedServer.rtp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livedub.media.ffmpeg.MediaException.Fault;
import dev.livedub.media.rtsp.ScriptedServer;
import dev.livedub.media.rtsp.ScriptedServer.Peer;
import dev.livedub.media.rtsp.ScriptedServer.Script;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Through FFmpeg's demuxer, with two languages in G.711: 20 ms and 160 samples a packet; and, with
 * AAC, from the first packet on without it.
 */
@Timeout(60)
final class RtspFeedTest {

  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String DEUTSCH = "m=audio 0 RTP/AVP 0\r\na=control:de\r\n";
  private static final String ENGLISH = "m=audio 0 RTP/AVP 8\r\na=control:en\r\n";
  private static final String AAC =
      "m=audio 0 RTP/AVP 96\r\na=rtpmap:96 MPEG4-GENERIC/48000/2\r\n"
          + "a=fmtp:96 mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1190\r\n"
          + "a=control:a\r\n";
  private static final int PACKETS = 50;

  private static void sound(Peer peer, int channel, int payloadType, int fromPacket, int fromTime)
      throws IOException {
    for (int i = fromPacket; i < fromPacket + PACKETS; i++) {
      peer.frame(channel, rtp(payloadType, i, fromTime + i * 160, 160));
    }
  }

  private static MediaException openFailure(Script script) throws Exception {
    try (ScriptedServer server = ScriptedServer.start(script);
        MediaInput input = new MediaInput(server.url())) {
      return catchThrowableOfType(
          MediaException.class, () -> input.open(server.url(), Duration.ofMillis(700)));
    }
  }

  private interface Ending {
    void end(Peer peer) throws IOException;
  }

  /** The times of all packets of the chosen track; what ended them goes into {@code failures}. */
  private static List<Long> times(Script script, List<MediaException> failures) throws Exception {
    List<Long> times = new ArrayList<>();
    try (ScriptedServer server = ScriptedServer.start(script);
        MediaInput input = new MediaInput(server.url())) {
      input.open(server.url(), BOUND);
      for (MediaPacket packet = input.read(); packet != null; packet = input.read()) {
        times.add(packet.ptsMicros());
        packet.close();
      }
    } catch (MediaException e) {
      failures.add(e);
    }
    return times;
  }

  /** A reset may overtake the sound before it. */
  private static List<MediaException> failuresAfterSound(Ending ending) throws Exception {
    List<MediaException> failures = new ArrayList<>();
    List<Long> times =
        times(
            peer -> {
              peer.play(DEUTSCH, "", "s");
              sound(peer, 0, 0, 0, 7_000);
              ending.end(peer);
            },
            failures);
    assertThat(times).isNotEmpty();
    return failures;
  }

  @Test
  void open_soundOnly_saysWhatItIs() throws Exception {
    Script script =
        peer -> {
          peer.play(DEUTSCH, "", "s");
          sound(peer, 0, 0, 0, 7_000);
          peer.awaitEnd();
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        MediaInput input = new MediaInput(server.url())) {
      input.open(server.url(), BOUND);

      assertThat(input.picture()).isEmpty();
      assertThat(input.sound().orElseThrow().sampleRateHz()).isEqualTo(8_000);
      assertThat(input.hasContainerDts()).isFalse();
      MediaPacket packet = input.read();
      assertThat(packet).isNotNull();
      assertThat(packet.sizeBytes()).isEqualTo(160);
      packet.close();
    }
  }

  /** Silence in AAC, as one RTP payload each: a section of one header, then the frame. */
  private static List<byte[]> aacPayloads() throws MediaException {
    List<byte[]> payloads = new ArrayList<>();
    try (AacEncoder encoder = new AacEncoder()) {
      for (int i = 0; i <= PACKETS + 1; i++) {
        encoder.encode(
            (long) i * AacEncoder.FRAME_SAMPLES,
            new short[2 * AacEncoder.FRAME_SAMPLES],
            packet -> {
              ByteBuffer frame = packet.borrowPayload();
              ByteBuffer payload = ByteBuffer.allocate(4 + frame.remaining());
              payload.putShort((short) 16).putShort((short) (frame.remaining() << 3)).put(frame);
              payloads.add(payload.array());
              packet.close();
            });
      }
    }
    return payloads.subList(0, PACKETS);
  }

  @Test
  void read_ofAPayloadThatIsUnpackedHere_givesAllFromTheFirstAsOfNow() throws Exception {
    List<byte[]> payloads = aacPayloads();
    Script script =
        peer -> {
          peer.play(AAC, "", "s");
          for (int i = 0; i < PACKETS; i++) {
            byte[] head = rtp(96, i, 7_000 + i * AacEncoder.FRAME_SAMPLES, 0);
            byte[] payload = payloads.get(i);
            peer.frame(
                0,
                ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).array());
          }
        };
    List<Long> times = new ArrayList<>();
    try (ScriptedServer server = ScriptedServer.start(script);
        MediaInput input = new MediaInput(server.url())) {
      input.open(server.url(), BOUND);
      assertThat(input.sound().orElseThrow().sampleRateHz()).isEqualTo(48_000);
      long openedNanos = System.nanoTime();
      for (MediaPacket packet = input.read(); packet != null; packet = input.read()) {
        assertThat(packet.arrivalNanos()).isGreaterThanOrEqualTo(openedNanos);
        times.add(packet.ptsMicros());
        packet.close();
      }
    }
    assertThat(times).hasSize(PACKETS).startsWith(0L, 21_333L, 42_667L);
  }

  @Test
  void read_serverEndsInGoodOrder_isTheEnd() throws Exception {
    assertThat(failuresAfterSound(peer -> {})).isEmpty();
  }

  @Test
  void read_serverResets_isALoss() throws Exception {
    List<MediaException> failures = failuresAfterSound(Peer::reset);

    assertThat(failures)
        .singleElement()
        .extracting(MediaException::fault)
        .isEqualTo(Fault.INPUT_LOST);
  }

  @Test
  void read_rubbish_isALoss() throws Exception {
    List<MediaException> failures =
        failuresAfterSound(
            peer -> {
              peer.send("\1\2\3");
              peer.awaitEnd();
            });

    assertThat(failures)
        .singleElement()
        .extracting(MediaException::fault)
        .isEqualTo(Fault.INPUT_LOST);
    assertThat(failures.get(0)).hasMessageContaining("not RTSP");
  }

  @Test
  void open_denied_isARefusal() throws Exception {
    MediaException e =
        openFailure(
            peer -> {
              peer.answer(peer.expect("OPTIONS"), "200 OK");
              peer.answer(peer.expect("DESCRIBE"), "401 Unauthorized");
            });

    assertThat(e.fault()).isEqualTo(Fault.INPUT_REFUSED);
  }

  @Test
  void open_notThereYet_mayBeTriedAgain() throws Exception {
    MediaException e =
        openFailure(
            peer -> {
              peer.answer(peer.expect("OPTIONS"), "200 OK");
              peer.answer(peer.expect("DESCRIBE"), "404 Not Found");
            });

    assertThat(e.fault()).isEqualTo(Fault.INPUT_UNREACHABLE);
    assertThat(e).hasMessageContaining("404 Not Found");
  }

  @Test
  void open_noAddress_isARefusal() throws Exception {
    try (MediaInput input = new MediaInput("rtsp://host:99999/x")) {
      MediaException e =
          catchThrowableOfType(
              MediaException.class, () -> input.open("rtsp://host:99999/x", BOUND));

      assertThat(e.fault()).isEqualTo(Fault.INPUT_REFUSED);
    }
  }

  @Test
  void read_beginAnnounced_countsFromThereBeforeAnyReport() throws Exception {
    List<Long> times =
        times(
            peer -> {
              peer.play(DEUTSCH + ENGLISH, "url=" + "de;rtptime=3000,url=en;rtptime=6200", "s");
              sound(peer, 2, 8, 0, 7_000);
              sound(peer, 0, 0, 0, 7_000);
            },
            new ArrayList<>());

    // 500 and 100 ms from the beginnings, whichever of the tracks was chosen
    assertThat(times).isNotEmpty();
    assertThat(times.get(0)).isIn(500_000L, 100_000L);
  }

  @Test
  void read_reportsComeLate_moveTheSecondTrackOnly() throws Exception {
    long ntp = 3_900_000_000L << 32;
    List<Long> times =
        times(
            peer -> {
              peer.play(ENGLISH + DEUTSCH, "", "s");
              sound(peer, 0, 8, 0, 1_000);
              sound(peer, 2, 0, 0, 5_000);
              sound(peer, 0, 8, PACKETS, 1_000);
              sound(peer, 2, 0, PACKETS, 5_000);
              // The track that is not the first to be reported lies 250 ms later than guessed.
              peer.frame(1, report(ntp, 1_000 + 2 * PACKETS * 160));
              peer.frame(3, report(ntp, 5_000 + 2 * PACKETS * 160 - 2_000));
              sound(peer, 2, 0, 2 * PACKETS, 5_000);
              sound(peer, 0, 8, 2 * PACKETS, 1_000);
            },
            new ArrayList<>());

    List<Long> steps = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      steps.add(times.get(i) - times.get(i - 1));
    }
    assertThat(times).hasSize(3 * PACKETS);
    assertThat(steps.stream().filter(step -> step != 20_000).toList()).isSubsetOf(270_000L);
  }

  @Test
  void read_manyConnections_oneAfterTheOther_allWork() throws Exception {
    // JavaCPP has room for ten callbacks of a class: with one each, the eleventh would be dead.
    for (int i = 0; i < 15; i++) {
      assertThat(failuresAfterSound(peer -> {})).as("connection %d", i).isEmpty();
    }
  }
}
