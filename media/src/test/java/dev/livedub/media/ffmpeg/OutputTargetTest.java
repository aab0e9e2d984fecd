package dev.livedub.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ROQ_DPCM;

import dev.livedub.media.ffmpeg.MediaException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputTargetTest {

  @ParameterizedTest
  @CsvSource({
    "rtmp://host/live/x, flv, false",
    "RTMPS://host/live/x, flv, false",
    "rtsp://host/live/x, rtsp, false",
    "srt://host:9000?mode=caller, mpegts, false",
    "out.flv, flv, true",
    "/tmp/a.b/OUT.TS, mpegts, true",
    "file:/tmp/out.mp4, mp4, true",
    "dir/list.m3u8, hls, true"
  })
  void of_knownAddress_namesTheMuxer(String url, String muxer, boolean isFile) {
    OutputTarget target = OutputTarget.of(url);

    assertThat(target.muxer()).isEqualTo(muxer);
    assertThat(target.isFile()).isEqualTo(isFile);
    assertThat(target.url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/x", "http://host/x.flv", "out.avi", "out", ""})
  void of_unknownAddress_saysWhatIsExpected(String url) {
    assertThatThrownBy(() -> OutputTarget.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected rtmp://");
  }

  @Test
  void of_unknownAddressWithSecrets_doesNotTellThem() {
    assertThatThrownBy(() -> OutputTarget.of("ftp://user:hush@host/x?key=secret"))
        .hasMessageNotContainingAny("hush", "secret");
  }

  @Test
  void checkCarries_codecWithoutAPlace_isRefused() {
    OutputTarget flv = OutputTarget.of("rtmp://host/live/x");
    assertThatCode(() -> flv.checkCarries(sound(AV_CODEC_ID_AAC, "aac")))
        .doesNotThrowAnyException();
    OutputTarget ts = OutputTarget.of("out.ts");
    assertThatCode(() -> ts.checkCarries(sound(AV_CODEC_ID_OPUS, "opus")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> flv.checkCarries(sound(AV_CODEC_ID_ROQ_DPCM, "roq_dpcm")))
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INPUT_CODEC))
        .hasMessageContaining("roq_dpcm")
        .hasMessageContaining("flv");
  }

  @Test
  void sendBufferBytes_ofABitRate_isHalfASecondWithinBounds() {
    assertThat(OutputTarget.sendBufferBytes(0)).isEqualTo(65_536);
    assertThat(OutputTarget.sendBufferBytes(4_000_000)).isEqualTo(250_000);
    assertThat(OutputTarget.sendBufferBytes(80_000_000)).isEqualTo(524_288);
  }

  private static SoundFormat sound(int codecId, String name) {
    return new SoundFormat(codecId, name, new byte[0], 48_000, 2, 0, 0, 0);
  }
}
