package dev.livedub.media.rtp;

import static dev.livedub.media.rtp.TestSession.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.timeline.MediaTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AAC and Opus out of RTP packets, and which sessions are left to others. */
class SoundUnpackingTest {

  private static final int FRAME = 1_024;

  private final TestSession session = new TestSession(TestSession.aac());

  /** A header of 13 bits of size and 3 of index. */
  private static byte[] aac(int sizeBytes, int... data) {
    byte[] packet = new byte[4 + data.length];
    packet[1] = 16;
    packet[2] = (byte) (sizeBytes >> 5);
    packet[3] = (byte) (sizeBytes << 3);
    System.arraycopy(bytes(data), 0, packet, 4, data.length);
    return packet;
  }

  @Test
  void aac_oneInAPacket() {
    session.send(0, true, FRAME, aac(3, 1, 2, 3));

    assertThat(session.payloads()).containsExactly(bytes(1, 2, 3));
    assertThat(session.times()).containsExactly(21_333L);
    assertThat(session.units.get(0).keyframe()).isTrue();
  }

  @Test
  void aac_severalInAPacket_onlyTheFirstHasATime() {
    session.send(0, true, FRAME, bytes(0, 48, 0, 2 << 3, 0, 1 << 3, 0, 3 << 3, 1, 2, 3, 4, 5, 6));

    assertThat(session.payloads()).containsExactly(bytes(1, 2), bytes(3), bytes(4, 5, 6));
    assertThat(session.times())
        .containsExactly(21_333L, MediaTimes.UNSET_MICROS, MediaTimes.UNSET_MICROS);
  }

  @Test
  void aac_oneInSeveralPackets_isPutTogether() {
    session.send(0, false, FRAME, aac(5, 1, 2));
    session.send(0, false, FRAME, aac(5, 3, 4));
    session.send(0, true, FRAME, aac(5, 5));
    session.send(0, true, 2 * FRAME, aac(2, 6, 7));

    assertThat(session.payloads()).containsExactly(bytes(1, 2, 3, 4, 5), bytes(6, 7));
  }

  @Test
  void aac_aPartIsLost_onlyThatUnitIsMissing() {
    session.send(0, false, FRAME, aac(5, 1, 2));
    session.lose(0);
    session.send(0, true, FRAME, aac(5, 5));
    session.send(0, true, 2 * FRAME, aac(2, 6, 7));

    assertThat(session.payloads()).containsExactly(bytes(6, 7));
  }

  @Test
  void sizesThatDoNotFit_areLeftOut() {
    session.send(0, true, FRAME, bytes(0, 32, 0, 2 << 3, 0, 9 << 3, 1, 2, 3));
    session.send(0, true, 2 * FRAME, bytes(0, 16));
    session.send(0, true, 3 * FRAME, bytes(0));
    session.send(0, true, 4 * FRAME, bytes(0, 4, 0xFF, 1));

    assertThat(session.payloads()).containsExactly(bytes(1, 2));
  }

  @ParameterizedTest
  @CsvSource({"0xFC, 20000", "0x08, 20000", "0x80, 2500", "0x61, 20000", "0x68, 20000"})
  void opus_saysHowLongItLasts(String head, long micros) {
    TestSession opus = new TestSession(TestSession.section("audio", "OPUS/48000/2", "a=b"));
    opus.send(0, true, 960, bytes(Integer.decode(head), 2, 3));

    assertThat(opus.units).singleElement().extracting("durationMicros").isEqualTo(micros);
    assertThat(opus.times()).containsExactly(20_000L);
  }

  @Test
  void laterReport_movesWhatFollows() {
    session.send(0, true, 48_000, aac(1, 1));
    session.reportLater(0, 2_250, 96_000);
    session.send(0, true, 96_000, aac(1, 2));
    session.send(0, true, 48_000, aac(1, 3));

    assertThat(session.times()).containsExactly(1_000_000L, 2_250_000L, 1_250_000L);
  }

  @Test
  void rtpTimeThatWraps_goesOn() {
    session.reportLater(0, 1_000, 0xFFFF_FF00);
    session.send(0, true, 0xFFFF_FF00 + 48_000, aac(1, 1));

    assertThat(session.times()).containsExactly(2_000_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "video | H264/90000 | packetization-mode=2 | false",
        "video | H264/90000 | packetization-mode=0 | true",
        "video | h264/90000 | sprop-parameter-sets=Z00=,aO4= | true",
        "video | H265/90000 | sprop-max-don-diff=1 | false",
        "video | VP8/90000 | x=y | false",
        "audio | mpeg4-generic/44100/2 | mode=AAC-hbr;sizelength=13;indexlength=3 | true",
        "audio | mpeg4-generic/44100/2 | mode=AAC-hbr;sizelength=x;indexlength=3 | false",
        "audio | mpeg4-generic/44100/2 | mode=AAC-hbr;sizelength=13;ctsdeltalength=4 | false",
        "audio | mpeg4-generic/44100/2 | mode=CELP-cbr;sizelength=13 | false",
        "audio | MP4A-LATM/48000/2 | cpresent=0 | false",
        "audio | opus/48000/2 | x=y | true",
        "audio | PCMA/8000 | x=y | false"
      })
  void sessionsOfOtherFormats_areNotRead(
      String media, String map, String parameters, boolean read) {
    TestSession other = new TestSession(TestSession.section(media, map, parameters));

    assertThat(other.demuxer.reads(0)).isEqualTo(read);
    assertThat(other.demuxer.isPicture(0)).isEqualTo(read && media.equals("video"));
  }
}
