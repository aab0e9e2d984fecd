package dev.livedub.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedUrlTest {

  @ParameterizedTest
  @CsvSource({
    "rtmp://a.rtmp.youtube.com/live2/SECRET, rtmp://a.rtmp.youtube.com/live2/***",
    "rtmps://live-api-s.facebook.com:443/rtmp/SECRET?s_bl=SECRET&s_l=SECRET,"
        + " rtmps://live-api-s.facebook.com:443/rtmp/***?s_bl=***&s_l=***",
    "RTMP://example.org/app/SECRET/, RTMP://example.org/app/***/",
    "rtmp://example.org/SECRET, rtmp://example.org/***",
    "rtmpt://example.org/app/SECRET, rtmpt://example.org/app/***",
    "rtmp://u:SECRET@example.org/app/SECRET, rtmp://***@example.org/app/***",
    "rtmp://example.org/app playpath=SECRET, rtmp://example.org/*** ***",
    "rtsp://u:SECRET@cam.example.org:554/ch1, rtsp://***@cam.example.org:554/ch1",
    "rtsp://SECRET@cam.example.org/ch1, rtsp://***@cam.example.org/ch1",
    "rtsp://u:SEC@RET@cam.example.org/ch1, rtsp://***@cam.example.org/ch1",
    "rtsp://u:SEC/RET@cam.example.org/ch1, rtsp://***@cam.example.org/ch1",
    "rtsp://u:SEC?RET@cam.example.org/ch1, rtsp://***",
    "rtsp://u:SEC#RET@cam.example.org/ch1, rtsp://***",
    "srt://h:9000?streamid=SECRET&passphrase=SECRET, srt://h:9000?streamid=***&passphrase=***",
    "srt://h:9000?SECRET, srt://h:9000?***",
    "https://h/live.m3u8?token=SECRET#SECRET, https://h/live.m3u8?token=***#***",
    "https://h/live.m3u8#SECRET, https://h/live.m3u8#***",
    "u:SECRET@example.org/app, ***@example.org/app",
  })
  void of_addressWithSecrets_masksThem(String url, String expected) {
    assertThat(MaskedUrl.of(url)).isEqualTo(expected).doesNotContain("SEC");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtmp://127.0.0.1:1935/live/demo/out",
        "rtmp://localhost/live/demo/out",
        "rtmp://[::1]:1935/live/demo/out",
        "rtmp://mediamtx:1935/live/demo/out",
        "rtmp://media.internal:1935/live/demo/out",
        "rtmps://media.internal/live/demo/in/",
        "rtsp://mediamtx:8554/live/demo/in",
        "rtsp://example.org/live/demo/in",
        "rtmp://example.org",
        "rtmp://example.org/",
        "/tmp/out.flv",
        "file:///tmp/a@b?c.flv",
        "clip@2x.mp4",
        ""
      })
  void of_addressWithoutSecrets_staysAsItIs(String url) {
    assertThat(MaskedUrl.of(url)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtmp://127.0.0.1:1936/live/SECRET",
        "rtmp://localhost/live/demo/SECRET",
        "rtmp://mediamtx/live/demo/out/SECRET",
        "rtmp://mediamtx/live/../SECRET/out/x/SECRET"
      })
  void of_rtmpOnOurOwnHostButNoStreamOfOurs_masksTheLastElement(String url) {
    assertThat(MaskedUrl.of(url)).endsWith("/***");
  }

  @Test
  void inText_severalAddresses_masksEachAndKeepsTheRest() {
    assertThat(
            MaskedUrl.inText(
                "cannot open 'rtmp://x.example/app/SECRET': refused, tried rtsp://u:SECRET@h/a"))
        .isEqualTo("cannot open 'rtmp://x.example/app/***': refused, tried rtsp://***@h/a");
    assertThat(MaskedUrl.inText("nothing here: 1/2")).isEqualTo("nothing here: 1/2");
  }

  @Test
  void without_wordsThatRepeatTheKey_hidesItAndNothingElse() {
    String url = "rtmps://live.example/app/SECRET-KEY?token=SECRET2&a=b";
    assertThat(MaskedUrl.without("BadName: SECRET-KEY (SECRET2) on live.example/app: a", url))
        .isEqualTo("BadName: *** (***) on live.example/app: a");
    assertThat(MaskedUrl.without("demo is busy", "rtmp://127.0.0.1/live/demo/out"))
        .isEqualTo("demo is busy");
  }
}
