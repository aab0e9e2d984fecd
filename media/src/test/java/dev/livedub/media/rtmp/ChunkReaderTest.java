package dev.livedub.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkReaderTest {

  private static final String PING =
      "02" + "000000" + "000006" + "04" + "00000000" + "000600000007";

  /** The same lengths and types again by headers of types 1, 2 and 3. */
  private static final String ALL_TYPES =
      "03"
          + "000010"
          + "000002"
          + "14"
          + "00000000"
          + "0101"
          + "43"
          + "000010"
          + "000003"
          + "14"
          + "020202"
          + "83"
          + "000010"
          + "030303"
          + "c3"
          + "040404";

  private final ChunkReader reader = new ChunkReader();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1_000})
  void next_allHeaderTypesInPartsOfAnySize_areRead(int partBytes) throws ProtocolException {
    assertThat(read(PING + ALL_TYPES, partBytes))
        .containsExactly("4:000600000007", "20:0101", "20:020202", "20:030303", "20:040404");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1_000})
  void next_extendedTimestamp_isRepeatedByContinuations(int partBytes) throws ProtocolException {
    String payload = "ab".repeat(128) + "cd";
    String chunks =
        "03"
            + "ffffff"
            + "000081"
            + "14"
            + "00000000"
            + "01000000"
            + payload.substring(0, 256)
            + "c3"
            + "01000000"
            + "cd";

    assertThat(read(chunks + PING, partBytes)).containsExactly("20:" + payload, "4:000600000007");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0036", "01f600"})
  void next_longChunkStreamNumbers_areTold(String head) throws ProtocolException {
    int first = Integer.parseInt(head.substring(0, 2), 16);
    String again = HexFormat.of().toHexDigits((byte) (0xC0 | first)) + head.substring(2);

    assertThat(read(head + "000000" + "000001" + "14" + "00000000" + "aa" + again + "bb", 2))
        .containsExactly("20:aa", "20:bb");
  }

  @Test
  void next_messagesOfTwoChunkStreams_mayBeInterleaved() throws ProtocolException {
    String first = "03" + "000000" + "000081" + "14" + "00000000" + "11".repeat(128);

    assertThat(read(first + PING + "c3" + "11", 9))
        .containsExactly("4:000600000007", "20:" + "11".repeat(129));
  }

  @Test
  void chunkBytes_changedWithinTheStream_isFollowed() throws ProtocolException {
    String big = "22".repeat(300);
    reader.chunkBytes(4096);

    assertThat(read("03" + "000000" + "00012c" + "14" + "00000000" + big, 64))
        .containsExactly("20:" + big);
  }

  @Test
  void abort_partOfAMessage_isForgotten() throws ProtocolException {
    assertThat(read("03" + "000000" + "000081" + "14" + "00000000" + "11".repeat(128), 64))
        .isEmpty();
    reader.abort(3);

    assertThat(read("c3" + "33".repeat(128) + "c3" + "33", 64))
        .containsExactly("20:" + "33".repeat(129));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c3aa", "43000000000001" + "14", "03000000ffffff1400000000"})
  void next_whatNobodyMaySend_isAnErrorOfTheProtocol(String hex) {
    assertThatThrownBy(() -> read(hex, 100)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void next_tooManyChunkStreams_isAnErrorOfTheProtocol() {
    StringBuilder hex = new StringBuilder();
    for (int id = 0; id < 100; id++) {
      hex.append("00")
          .append(HexFormat.of().toHexDigits((byte) id))
          .append("000000000001140000000000");
    }
    assertThatThrownBy(() -> read(hex.toString(), 100)).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0x80000000L})
  void chunkBytes_impossible_isAnErrorOfTheProtocol(long chunkBytes) {
    assertThatThrownBy(() -> reader.chunkBytes(chunkBytes)).isInstanceOf(ProtocolException.class);
  }

  /** What comes of it, as type and payload. */
  private List<String> read(String hex, int partBytes) throws ProtocolException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    ByteBuffer in = ByteBuffer.allocate(4096).flip();
    List<String> messages = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += partBytes) {
      in.compact().put(bytes, at, Math.min(partBytes, bytes.length - at)).flip();
      RtmpMessage message = reader.next(in);
      while (message != null) {
        messages.add(message.type() + ":" + HexFormat.of().formatHex(message.payload()));
        message = reader.next(in);
      }
    }
    return messages;
  }
}
