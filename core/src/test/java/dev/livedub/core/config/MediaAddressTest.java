package dev.livedub.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://127.0.0.1:8554/live/demo/in",
        "rtsp://user:pa%40ss@cam.example.org/ch1",
        "rtmps://h/app/key?a=b",
        "srt://h:9000?streamid=#!::r=live/x,m=request",
        "srt://[::1]:9000",
        "https://h/live.m3u8",
        "in.mp4",
        "/tmp/a b.ts",
        "C:\\clips\\in.mp4",
        "file:/tmp/in.mp4",
        "file:///tmp/in.mp4"
      })
  void input_formThatCanBeRead_isTaken(String text) {
    assertThat(MediaAddress.input(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://h/x",
        "rtsp:///live",
        "rtsp://",
        "rtsp://h:0/x",
        "rtsp://h:65536/x",
        "rtsp://h:99999/x",
        "rtsp://h:port/x",
        "rtsp://a b/x"
      })
  void input_otherForm_isRefused(String text) {
    assertThatThrownBy(() -> MediaAddress.input(text))
        .isInstanceOf(BadValueException.class)
        .hasMessage(MediaAddress.INPUT_EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtmp://h/app/key",
        "rtsp://h/x",
        "srt://h:1",
        "a.flv",
        "a.TS",
        "x/a.m3u8",
        "a.mp4"
      })
  void output_formThatCanBeWritten_isTaken(String text) {
    assertThat(MediaAddress.output(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://h/x", "a.avi", "a", "rtmp://", "udp://h:1"})
  void output_otherForm_isRefused(String text) {
    assertThatThrownBy(() -> MediaAddress.output(text))
        .isInstanceOf(BadValueException.class)
        .hasMessage(MediaAddress.OUTPUT_EXPECTED);
  }

  @Test
  void filePath_addressOrFile_tellsThemApart() {
    assertThat(MediaAddress.filePath("file:///tmp/a.flv")).hasValue("/tmp/a.flv");
    assertThat(MediaAddress.filePath("file:a.flv")).hasValue("a.flv");
    assertThat(MediaAddress.filePath("a.flv")).hasValue("a.flv");
    assertThat(MediaAddress.filePath("rtmp://h/a.flv")).isEmpty();
  }
}
