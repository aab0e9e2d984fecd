package dev.livedub.media.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.media.ffmpeg.PictureFormat.Codec;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** H.264: 67 is an SPS, 68 a PPS, 06 SEI, 65 a slice. H.265: 40 VPS, 42 SPS, 44 PPS, 26 a slice. */
final class ParameterSetsTest {

  @Test
  void inAnnexB_fourByteStartCodes_givesTheSets() {
    assertThat(sets(Codec.H264, "0000000167aa 0000000168bb 0000000165cc"))
        .isEqualTo("0000000167aa0000000168bb");
  }

  @Test
  void inAnnexB_threeByteStartCodes_givesTheSetsWithFour() {
    assertThat(sets(Codec.H264, "00000167aa 00000168bb 00000165cc"))
        .isEqualTo("0000000167aa0000000168bb");
  }

  @Test
  void inAnnexB_delimiterAndSei_areLeftOut() {
    assertThat(sets(Codec.H264, "0000000109f0 0000000167aa 000001060102 00000168bb 00000165cc"))
        .isEqualTo("0000000167aa0000000168bb");
  }

  @Test
  void inAnnexB_setsAfterTheFirstSlice_areNotThisPicturesOwn() {
    assertThat(sets(Codec.H264, "0000000165cc 0000000167aa")).isEmpty();
  }

  @Test
  void inAnnexB_trailingZeros_belongToNobody() {
    assertThat(sets(Codec.H264, "0000000167aa0000 0000000168bb 0000000165cc"))
        .isEqualTo("0000000167aa0000000168bb");
  }

  @Test
  void inAnnexB_h265_givesAllThree() {
    assertThat(sets(Codec.H265, "000000014001a1 000000014201b1 000000014401c1 000000012601dd"))
        .isEqualTo("000000014001a1000000014201b1000000014401c1");
  }

  @Test
  void inAnnexB_lengthPrefixed_isEmpty() {
    assertThat(sets(Codec.H264, "0000000267aa 0000000268bb 0000000265cc")).isEmpty();
    assertThat(sets(Codec.H264, "00001067aa 00000168bb")).isEmpty();
    assertThat(sets(Codec.H264, "0267 00000168bb")).isEmpty();
  }

  @Test
  void inAnnexB_nothingThere_isEmpty() {
    assertThat(sets(Codec.H264, "")).isEmpty();
    assertThat(sets(Codec.H264, "000001")).isEmpty();
    assertThat(sets(Codec.H264, "00000001")).isEmpty();
  }

  @Test
  void inAnnexB_position_isWhereItBegins() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes("ffff 0000000167aa 0000000165cc")).position(2);

    assertThat(ParameterSets.inAnnexB(Codec.H264, buffer)).isEqualTo(bytes("0000000167aa"));
    assertThat(buffer.position()).isEqualTo(2);
  }

  @Test
  void areAllIn_changedSps_isNot() {
    byte[] known = bytes("0000000167aa 0000000168bb");

    assertThat(ParameterSets.areAllIn(Codec.H264, bytes("00000167aa"), known)).isTrue();
    assertThat(ParameterSets.areAllIn(Codec.H264, bytes("00000168bb 00000167aa"), known)).isTrue();
    assertThat(ParameterSets.areAllIn(Codec.H264, bytes("0000000167ab 0000000168bb"), known))
        .isFalse();
    assertThat(ParameterSets.areAllIn(Codec.H264, known, new byte[0])).isFalse();
    assertThat(ParameterSets.areAllIn(Codec.H264, new byte[0], known)).isTrue();
  }

  private static String sets(Codec codec, String accessUnit) {
    byte[] sets = ParameterSets.inAnnexB(codec, ByteBuffer.wrap(bytes(accessUnit)));
    return HexFormat.of().formatHex(sets);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
