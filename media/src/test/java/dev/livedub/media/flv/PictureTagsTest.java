package dev.livedub.media.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.media.flv.RecordedTags.Tag;
import dev.livedub.media.flv.TagWriter.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PictureTagsTest {

  private static final String SPS_AND_PPS = "000001" + "6742c01e" + "000001" + "68ce";
  private static final String AVC_RECORD = "0142c01effe100046742c01e01000268ce";
  private static final String HEVC_RECORD = "0101600000009000000000003cf000fcfdf8f800000f00";

  private final RecordedTags out = new RecordedTags();

  @Test
  void announce_h264_isASequenceHeader() throws IOException {
    new PictureTags(PictureCodec.H264, out).announce(bytes(SPS_AND_PPS), 5);

    // FrameType 1 and CodecID 7, AVCPacketType 0, CompositionTime 0 (E.4.3.1, E.4.3.2)
    assertThat(out.tags()).containsExactly(new Tag(Kind.PICTURE, 5, "1700000000" + AVC_RECORD));
  }

  @Test
  void announce_h265_isASequenceStart() throws IOException {
    new PictureTags(PictureCodec.H265, out).announce(bytes(HEVC_RECORD), 0);

    assertThat(out.last()).isEqualTo("90" + "68766331" + HEVC_RECORD);
  }

  @ParameterizedTest
  @CsvSource({
    "H264, true, 0, 1701000000",
    "H264, false, 40, 2701000028",
    "H264, false, -2, 2701fffffe",
    "H265, true, 0, 9368766331",
    "H265, false, 0, a368766331",
    "H265, false, 80, a168766331000050"
  })
  void write_accessUnitWithLengths_goesAsItIs(
      PictureCodec codec, boolean keyframe, int compositionMillis, String head) throws IOException {
    PictureTags tags = new PictureTags(codec, out);
    tags.announce(bytes(codec == PictureCodec.H264 ? AVC_RECORD : HEVC_RECORD), 0);
    tags.write(ByteBuffer.wrap(bytes("0000000265aa")), keyframe, 1_000, compositionMillis);

    assertThat(out.last()).isEqualTo(head + "0000000265aa");
    assertThat(out.tags().get(1).atMillis()).isEqualTo(1_000);
  }

  @Test
  void write_accessUnitInAnnexB_hasLengthsInsteadOfStartCodes() throws IOException {
    PictureTags tags = new PictureTags(PictureCodec.H264, out);
    tags.announce(bytes(SPS_AND_PPS), 0);
    tags.write(
        ByteBuffer.wrap(bytes("00000001" + "09f0" + "000001" + "0605" + "00000001" + "65aabb")),
        true,
        0,
        0);

    assertThat(out.last())
        .isEqualTo("1701000000" + "0000000209f0" + "000000020605" + "0000000365aabb");
  }

  @Test
  void end_h264_saysSo() throws IOException {
    new PictureTags(PictureCodec.H264, out).end(7);
    new PictureTags(PictureCodec.H265, out).end(7);

    assertThat(out.tags()).containsExactly(new Tag(Kind.PICTURE, 7, "1702000000"));
  }

  @ParameterizedTest
  @CsvSource({
    "H264, 00000168ce, no SPS",
    "H264, 0000016742c01e, no PPS",
    "H264, 000001674200000168ce, no SPS that can be announced",
    "H264, 0000016764001e00000168ce, ends too early",
    "H264, 0000016764001e800000000300000168ce, ends too early",
    "H265, 00000144010c, no SPS",
    "H265, 000001420101, ends too early",
    "H264, '', no SPS"
  })
  void announce_unreadableConfiguration_saysWhatIsWrong(
      PictureCodec codec, String configuration, String words) {
    PictureTags tags = new PictureTags(codec, out);

    assertThatThrownBy(() -> tags.announce(bytes(configuration), 0))
        .isInstanceOf(FlvException.class)
        .hasMessageContaining(words);
  }

  @Test
  void write_largerThanATagMayBe_isRefused() throws IOException {
    PictureTags tags = new PictureTags(PictureCodec.H264, out);
    tags.announce(bytes(AVC_RECORD), 0);
    ByteBuffer large = ByteBuffer.allocate(1 << 24);

    assertThatThrownBy(() -> tags.write(large, true, 0, 0))
        .isInstanceOf(FlvException.class)
        .hasMessageContaining("16777216 bytes");
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
