package dev.livedub.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlvTagsTest {

  private static final String FILE_HEADER = "464c5601050000000900000000";
  private static final String BACK = "000000ff";

  private final MemoryLink link = new MemoryLink();
  private final ChunkWriter out = new ChunkWriter(link);
  private final FlvTags tags = new FlvTags(out, 1);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 13, 1_000})
  void take_inPartsOfAnySize_becomesMessages(int partBytes) throws IOException {
    String flv =
        FILE_HEADER
            + "12"
            + "000002"
            + "000000"
            + "00"
            + "000000"
            + "0500"
            + BACK
            + "08"
            + "000003"
            + "000010"
            + "00"
            + "000000"
            + "af01aa"
            + BACK
            + "09"
            + "000000"
            + "000020"
            + "00"
            + "000000"
            + BACK
            + "09"
            + "000001"
            + "000030"
            + "00"
            + "000000"
            + "17"
            + BACK;

    take(flv, partBytes);

    String setDataFrame =
        HexFormat.of().formatHex("@setDataFrame".getBytes(StandardCharsets.US_ASCII));
    assertThat(hex())
        .isEqualTo(
            "05"
                + "000000"
                + "000012"
                + "12"
                + "01000000"
                + "02000d"
                + setDataFrame
                + "0500"
                + "04"
                + "000010"
                + "000003"
                + "08"
                + "01000000"
                + "af01aa"
                + "06"
                + "000020"
                + "000000"
                + "09"
                + "01000000"
                + "46"
                + "000010"
                + "000001"
                + "09"
                + "17");
  }

  @Test
  void take_timeBeyond24Bits_hasItsUpperByteBehind() throws IOException {
    take(FILE_HEADER + tag("7f123456"), 100);

    assertThat(hex()).isEqualTo(absolute("7f123456"));
  }

  @Test
  void take_timesOf31BitsWrap_goOnIn32() throws IOException {
    take(FILE_HEADER + tag("7ffffff0") + tag("00000010"), 100);

    assertThat(hex()).isEqualTo(absolute("7ffffff0") + "46" + "000020" + "000001" + "09" + "aa");
  }

  @Test
  void take_soundAndPictureMeetAtTheWrap_stayTogether() throws IOException {
    take(FILE_HEADER + tag("7ffffff0") + tag("00000010") + tag("7ffffff8") + tag("00000018"), 100);

    assertThat(hex())
        .isEqualTo(
            absolute("7ffffff0")
                + "46"
                + "000020"
                + "000001"
                + "09"
                + "aa"
                + absolute("7ffffff8")
                + "46"
                + "000020"
                + "000001"
                + "09"
                + "aa");
  }

  @Test
  void take_firstPictureWeeksAfterTheHeaders_keepsItsTime() throws IOException {
    take(FILE_HEADER + tag("00000000") + tag("70000000"), 100);

    assertThat(hex()).endsWith(absolute("70000000"));
  }

  private static String tag(String millis) {
    return "09" + "000001" + millis.substring(2) + millis.substring(0, 2) + "000000" + "aa" + BACK;
  }

  private static String absolute(String millis) {
    return "06" + "ffffff" + "000001" + "09" + "01000000" + millis + "aa";
  }

  private void take(String flv, int partBytes) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(flv);
    for (int at = 0; at < bytes.length; at += partBytes) {
      ByteBuffer part = ByteBuffer.wrap(bytes, at, Math.min(partBytes, bytes.length - at));
      tags.take(part);
      assertThat(part.hasRemaining()).isFalse();
    }
    out.flush();
  }

  private String hex() {
    return HexFormat.of().formatHex(link.written());
  }
}
