package dev.livedub.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Two tracks, 90 kHz and 48 kHz, of the same payload type. */
class PacketFlowTest {

  private static final int AT = PacketFlow.RESERVED_BYTES;
  private static final int PICTURE_HZ = 90_000;
  private static final int SOUND_HZ = 48_000;
  private static final int SERVER_SSRC = 0xCAFE;
  private static final long SECOND = 1L << 32;

  private final ByteBuffer buffer = ByteBuffer.allocate(AT + 4_096);
  private PacketFlow flow = flow(OptionalInt.empty(), OptionalInt.empty());

  /** A packet that came out. */
  private record Out(int type, int source, int rtpTime, long ntp) {}

  private PacketFlow flow(OptionalInt pictureBegins, OptionalInt soundBegins) {
    ReportClock clock = new ReportClock();
    MediaTrack picture = new MediaTrack("video", "", 96, 96, PICTURE_HZ, List.of());
    MediaTrack sound = new MediaTrack("audio", "", 96, 97, SOUND_HZ, List.of());
    return new PacketFlow(
        buffer,
        List.of(
            new PacketFlow.Route(
                new RtpTrack(picture, 1, clock, pictureBegins), new Channels(0, 1)),
            new PacketFlow.Route(new RtpTrack(sound, 2, clock, soundBegins), new Channels(4, 5))));
  }

  private List<Out> rtp(int channel, int rtpTime) {
    buffer.put(AT, (byte) 0x80).put(AT + 1, (byte) (0x80 | 96)).putShort(AT + 2, (short) 1);
    buffer.putInt(AT + 4, rtpTime).putInt(AT + 8, SERVER_SSRC).putLong(AT + 12, 77);
    return out(channel, 20);
  }

  private List<Out> report(int channel, long ntp, int rtpTime) {
    return out(channel, writeReport(AT, ntp, rtpTime));
  }

  private int writeReport(int at, long ntp, int rtpTime) {
    return Rtcp.writeReport(buffer, at, SERVER_SSRC, ntp, rtpTime);
  }

  private List<Out> out(int channel, int sizeBytes) {
    List<Out> all = new ArrayList<>();
    for (boolean more = flow.accept(channel, AT, sizeBytes); more; more = flow.advance()) {
      int at = flow.offset();
      int type = buffer.get(at + 1) & 0xFF;
      boolean rtcp = type >= 200 && type <= 204;
      all.add(
          rtcp
              ? new Out(type, buffer.getInt(at + 4), buffer.getInt(at + 16), buffer.getLong(at + 8))
              : new Out(type & 0x7F, buffer.getInt(at + 8), buffer.getInt(at + 4), 0));
    }
    return all;
  }

  private static Out reported(int source, int rtpTime, long sinceStart) {
    return new Out(200, source, rtpTime, ReportClock.START + sinceStart);
  }

  @Test
  void accept_packets_bearOurTypeAndSource() {
    assertThat(rtp(4, 1_000)).contains(new Out(97, 2, 1_000, 0));
    assertThat(buffer.getLong(flow.offset() + 12)).as("payload").isEqualTo(77);
    assertThat(buffer.get(flow.offset() + 1) & 0x80).as("marker").isEqualTo(0x80);
    assertThat(rtp(0, 1_000)).contains(new Out(96, 1, 1_000, 0));
  }

  @Test
  void accept_beginAnnounced_isReportedAheadOfTheFirstPacketOnly() {
    flow = flow(OptionalInt.of(500), OptionalInt.of(-3));

    assertThat(rtp(0, 700)).containsExactly(reported(1, 500, 0), new Out(96, 1, 700, 0));
    assertThat(rtp(4, 2)).containsExactly(reported(2, -3, 0), new Out(97, 2, 2, 0));
    assertThat(rtp(0, 800)).containsExactly(new Out(96, 1, 800, 0));
  }

  @Test
  void accept_nothingAnnounced_tracksBeginWithTheirFirstPackets() {
    assertThat(rtp(0, 700)).containsExactly(reported(1, 700, 0), new Out(96, 1, 700, 0));
    assertThat(rtp(4, 9_000)).containsExactly(reported(2, 9_000, 0), new Out(97, 2, 9_000, 0));
  }

  @Test
  void accept_firstReport_agreesWithItsTracksBeginningAndMovesTheOthers() {
    flow = flow(OptionalInt.of(0), OptionalInt.of(0));
    rtp(0, 0);
    rtp(4, 0);
    long serverTime = 3_900_000_000L << 32; // the sign bit of a long is set

    assertThat(report(1, serverTime, 2 * PICTURE_HZ))
        .containsExactly(reported(1, 180_000, 2 * SECOND));
    // The sound's beginning was half a second off.
    assertThat(report(5, serverTime + SECOND, 2 * SOUND_HZ + SOUND_HZ / 2))
        .containsExactly(reported(2, 120_000, 3 * SECOND));
    // What comes later tells of drift.
    assertThat(report(1, serverTime + 10 * SECOND, 12 * PICTURE_HZ + 9))
        .containsExactly(reported(1, 12 * PICTURE_HZ + 9, 12 * SECOND));
  }

  @Test
  void accept_reportBeforeAnyPacket_isPrecededByTheBeginning() {
    assertThat(report(1, 50 * SECOND, 123))
        .containsExactly(reported(1, 123, 0), reported(1, 123, 0));
    assertThat(rtp(0, 200)).containsExactly(new Out(96, 1, 200, 0));
  }

  @Test
  void accept_rtpTimeWraps_reportCountsOn() {
    flow = flow(OptionalInt.of(-PICTURE_HZ), OptionalInt.empty());
    rtp(0, -PICTURE_HZ);

    assertThat(report(1, SECOND, PICTURE_HZ)).containsExactly(reported(1, PICTURE_HZ, 2 * SECOND));
  }

  @Test
  void accept_hoursWithoutReports_getsOneBeforeTheDemuxerOverflows() {
    rtp(0, 0);
    int almost = (1 << 30) - 1;

    assertThat(rtp(0, almost)).containsExactly(new Out(96, 1, almost, 0));
    assertThat(rtp(0, almost + 1))
        .containsExactly(
            reported(1, almost + 1, ReportClock.duration(almost + 1, PICTURE_HZ)),
            new Out(96, 1, almost + 1, 0));
    assertThat(rtp(0, almost + 2)).hasSize(1);
  }

  @Test
  void accept_reportWithoutATime_isLeftOut() {
    rtp(0, 0);

    assertThat(report(1, 0, 99)).isEmpty();
  }

  @Test
  void accept_compoundPacket_onlyTheReportIsKept() {
    rtp(0, 0);
    int at = AT + writeReport(AT, 9 * SECOND, 9);
    buffer.put(AT + 1, (byte) 202); // a description
    at += writeReport(at, SECOND, 90);
    buffer.putInt(at, 0x81CB0001).putInt(at + 4, SERVER_SSRC); // BYE
    at += 8;

    assertThat(out(1, at - AT)).containsExactly(reported(1, 90, SECOND / 1_000));
    assertThat(flow.sizeBytes()).isEqualTo(28);
  }

  @Test
  void accept_byeAlone_isLeftOut() {
    buffer.putInt(AT, 0x81CB0001).putInt(AT + 4, SERVER_SSRC);

    assertThat(flow.accept(5, AT, 8)).isFalse();
  }

  @Test
  void accept_rtcpOnTheChannelOfRtp_isTakenForWhatItIs() {
    rtp(0, 0);

    assertThat(report(0, SECOND, 0)).containsExactly(reported(1, 0, 0));
  }

  @Test
  void accept_whatIsOfNoUse_isLeftOut() {
    buffer.put(AT, (byte) 0x80).put(AT + 1, (byte) 33);
    assertThat(flow.accept(0, AT, 20)).as("another payload type").isFalse();
    buffer.put(AT, (byte) 0x40).put(AT + 1, (byte) 96);
    assertThat(flow.accept(0, AT, 20)).as("another version").isFalse();
    buffer.put(AT, (byte) 0x80);
    assertThat(flow.accept(0, AT, 11)).as("half a head").isFalse();
    assertThat(flow.accept(0, AT, 0)).as("nothing").isFalse();
    assertThat(flow.accept(1, AT, 0)).as("nothing").isFalse();
    assertThat(flow.accept(1, AT, 3)).as("half a head").isFalse();
    assertThat(flow.accept(200, AT, 20)).as("a channel of nobody's").isFalse();
    writeReport(AT, SECOND, 1);
    assertThat(flow.accept(1, AT, 16)).as("half a report").isFalse();
  }

  @Test
  void duration_ofNegativeTicks_isNegative() {
    assertThat(ReportClock.duration(-PICTURE_HZ / 2, PICTURE_HZ)).isEqualTo(-SECOND / 2);
    assertThat(ReportClock.duration(Integer.MIN_VALUE, 1)).isEqualTo(-(1L << 31) << 32);
  }
}
