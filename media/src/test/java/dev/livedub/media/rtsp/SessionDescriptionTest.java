package dev.livedub.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {

  private static SessionDescription parse(String... lines) {
    return SessionDescription.parse(String.join("\r\n", lines) + "\r\n");
  }

  private static List<String> demuxerLines(SessionDescription description) {
    return description.forDemuxer().lines().toList();
  }

  @Test
  void parse_pictureAndSound_areKeptWithWhatReadsThem() {
    SessionDescription description =
        parse(
            "v=0",
            "o=- 1 1 IN IP4 10.0.0.1",
            "s=x",
            "c=IN IP4 239.1.1.1/32",
            "a=control:*",
            "m=video 5004 RTP/AVP 96",
            "c=IN IP4 239.1.1.2",
            "b=AS:2000",
            "a=rtpmap:96 H264/90000",
            "a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z00=,aO4=",
            "a=control:trackID=0",
            "m=audio 0 RTP/AVP 97",
            "a=rtpmap:97 MPEG4-GENERIC/48000/2",
            "a=ssrc:1234 cname:x",
            "a=source-filter: incl IN IP4 * 10.0.0.1",
            "a=control:rtsp://h/x/audio");

    assertThat(description.control()).isEqualTo("*");
    assertThat(description.tracks())
        .extracting(MediaTrack::control)
        .containsExactly("trackID=0", "rtsp://h/x/audio");
    assertThat(description.tracks())
        .extracting(MediaTrack::clockRateHz)
        .containsExactly(90_000, 48_000);
    assertThat(demuxerLines(description))
        .containsSubsequence(
            "m=video 0 RTP/AVP 96",
            "b=AS:2000",
            "a=rtpmap:96 H264/90000",
            "a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z00=,aO4=",
            "a=ssrc:1",
            "m=audio 0 RTP/AVP 97",
            "a=rtpmap:97 MPEG4-GENERIC/48000/2",
            "a=ssrc:2")
        .noneMatch(line -> line.contains("239.") || line.contains("10.0.0.1"))
        .noneMatch(line -> line.contains("control") || line.contains("1234"));
  }

  @Test
  void parse_sameDynamicPayloadTypeTwice_getsAnotherOne() {
    SessionDescription description =
        parse(
            "m=video 0 RTP/AVP 96",
            "a=rtpmap:96 H264/90000",
            "m=audio 0 RTP/AVP 96",
            "a=rtpmap:96 opus/48000/2",
            "a=fmtp:96 sprop-stereo=1");

    MediaTrack sound = description.tracks().get(1);
    assertThat(sound.payloadType()).isEqualTo(96);
    assertThat(sound.ownPayloadType()).isEqualTo(97);
    assertThat(demuxerLines(description))
        .containsSubsequence(
            "m=audio 0 RTP/AVP 97", "a=rtpmap:97 opus/48000/2", "a=fmtp:97 sprop-stereo=1");
  }

  @Test
  void parse_sameStaticPayloadTypeTwice_keepsTheFirst() {
    SessionDescription description =
        parse("m=audio 0 RTP/AVP 0", "a=control:a", "m=audio 0 RTP/AVP 0", "a=control:b");

    assertThat(description.tracks()).extracting(MediaTrack::control).containsExactly("a");
  }

  @Test
  void parse_severalPayloadTypesInOneSection_keepsWhatIsSaidOfTheFirst() {
    SessionDescription description =
        parse(
            "m=video 0 RTP/AVP 96 97",
            "a=rtpmap:97 rtx/90000",
            "a=fmtp:97 apt=96",
            "a=rtpmap:96 H265/90000",
            "a=framesize:96 320-180");

    assertThat(demuxerLines(description))
        .contains("a=rtpmap:96 H265/90000", "a=framesize:96 320-180")
        .noneMatch(line -> line.contains("97"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=application 0 RTP/AVP 107",
        "m=text 0 RTP/AVP 98",
        "m=video 0 RTP/SAVP 96",
        "m=video 0 udp 33",
        "m=video 0 RTP/AVP 200",
        "m=video",
        "m=",
      })
  void parse_whatCannotBeReceived_isLeftOut(String line) {
    SessionDescription description =
        parse(line, "a=control:x", "m=audio 0 RTP/AVPF 8", "a=control:y");

    assertThat(description.tracks()).extracting(MediaTrack::control).containsExactly("y");
    assertThat(demuxerLines(description)).contains("m=audio 0 RTP/AVP 8");
  }

  @ParameterizedTest
  @CsvSource({"0, 8000", "8, 8000", "9, 8000", "10, 44100", "14, 90000", "33, 90000"})
  void parse_staticPayloadType_hasItsClock(int payloadType, int clockRateHz) {
    assertThat(parse("m=audio 0 RTP/AVP " + payloadType).tracks())
        .extracting(MediaTrack::clockRateHz)
        .containsExactly(clockRateHz);
  }

  @Test
  void parse_nothingOrRubbish_hasNoTracks() {
    assertThat(SessionDescription.parse("").tracks()).isEmpty();
    assertThat(SessionDescription.parse("\u0000\r\n=\nm\n\n").tracks()).isEmpty();
  }

  @Test
  void parse_thousandsOfTracks_isBounded() {
    StringBuilder sdp = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      sdp.append("m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n");
    }

    assertThat(SessionDescription.parse(sdp.toString()).tracks()).hasSize(16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url=rtsp://h/x/trackID=0;seq=5;rtptime=4294967295| 0 | -1",
        "url=trackID=0;rtptime=7,url=trackID=1;rtptime=8 | 0 | 7",
        "url=trackID=0;rtptime=7, url=trackID=1;seq=1;rtptime=8 | 1 | 8",
        "URL=\"rtsp://h/x/trackID=1/\";seq=1;rtptime=9 | 1 | 9",
        "url=/x/trackID=1;rtptime=9 | 1 | 9",
      })
  void rtpTime_said_isFound(String header, int track, int expected) {
    assertThat(RtpInfo.rtpTime(header, "rtsp://h/x/", "rtsp://h/x/trackID=" + track))
        .hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "url=rtsp://h/x/trackID=1;seq=5;rtptime=3",
        "url=rtsp://h/x/trackID=0;seq=5",
        "url=rtsp://h/x/trackID=0;rtptime=0",
        "url=rtsp://h/x/trackID=0,url=rtsp://h/x/trackID=1;rtptime=5",
        "rtptime=5",
      })
  void rtpTime_notSaid_isEmpty(String header) {
    assertThat(RtpInfo.rtpTime(header, "rtsp://h/x/", "rtsp://h/x/trackID=0")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RTP/AVP/TCP;unicast;interleaved=4-5, 4, 5",
    "RTP/AVP/TCP;interleaved=7, 7, 8",
    "RTP/AVP/TCP;unicast;Interleaved = 2 - 9;ssrc=1, 2, 9",
    "RTP/AVP/TCP;unicast, 0, 1",
  })
  void channels_assigned_areUnderstood(String transport, int rtp, int rtcp) {
    assertThat(Channels.parse(transport, Channels.ofTrack(0))).contains(new Channels(rtp, rtcp));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "RTP/AVP;unicast;client_port=1-2", "RTP/AVP/TCP;interleaved=255-256"})
  void channels_ofAnotherTransport_areNone(String transport) {
    assertThat(Channels.parse(transport, Channels.ofTrack(0))).isEmpty();
  }
}
