package dev.livedub.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ChunkWriterTest {

  private final MemoryLink link = new MemoryLink();
  private final ChunkWriter out = new ChunkWriter(link);

  @Test
  void message_longerThanAChunk_isContinued() throws IOException {
    out.message(ChunkWriter.COMMANDS, MessageType.COMMAND, 0, new byte[200]);
    out.flush();

    String zeros = "00".repeat(128);
    assertThat(hex())
        .isEqualTo("03" + "000000" + "0000c8" + "14" + "00000000" + zeros + "c3" + "00".repeat(72));
  }

  @Test
  void chunkBytes_announced_holdsFromTheNextMessageOn() throws IOException {
    out.chunkBytes(256);
    out.message(ChunkWriter.COMMANDS, MessageType.COMMAND, 0, new byte[200]);
    out.flush();

    assertThat(hex())
        .isEqualTo(
            "02"
                + "000000"
                + "000004"
                + "01"
                + "00000000"
                + "00000100"
                + "03"
                + "000000"
                + "0000c8"
                + "14"
                + "00000000"
                + "00".repeat(200));
  }

  @Test
  void begin_laterMessageOfAStream_saysTheDifferenceOnly() throws IOException {
    media(ChunkWriter.PICTURE, 1_000);
    media(ChunkWriter.SOUND, 1_010);
    media(ChunkWriter.PICTURE, 1_040);
    out.flush();

    assertThat(hex())
        .isEqualTo(
            "06"
                + "0003e8"
                + "000001"
                + "09"
                + "01000000"
                + "00"
                + "04"
                + "0003f2"
                + "000001"
                + "09"
                + "01000000"
                + "00"
                + "46"
                + "000028"
                + "000001"
                + "09"
                + "00");
  }

  @Test
  void begin_timeGoesBack_isAbsolute() throws IOException {
    media(ChunkWriter.PICTURE, 1_000);
    media(ChunkWriter.PICTURE, 960);
    out.flush();

    assertThat(hex()).endsWith("06" + "0003c0" + "000001" + "09" + "01000000" + "00");
  }

  @Test
  void begin_beyondFourHoursAndAHalf_isExtendedInEveryChunk() throws IOException {
    out.begin(ChunkWriter.PICTURE, MessageType.VIDEO, 1, 0xFFFFFF, 129);
    out.fill(ByteBuffer.allocate(129));
    media(ChunkWriter.PICTURE, 0x1000000);
    out.flush();

    assertThat(hex())
        .isEqualTo(
            "06"
                + "ffffff"
                + "000081"
                + "09"
                + "01000000"
                + "00ffffff"
                + "00".repeat(128)
                + "c6"
                + "00ffffff"
                + "00"
                + "46"
                + "000001"
                + "000001"
                + "09"
                + "00");
  }

  @Test
  void begin_longAfterTheHeaders_isAbsoluteRatherThanAnExtendedDifference() throws IOException {
    media(ChunkWriter.PICTURE, 0);
    media(ChunkWriter.PICTURE, 0xF1234567L);
    out.flush();

    assertThat(hex()).endsWith("06" + "ffffff" + "000001" + "09" + "01000000" + "f1234567" + "00");
  }

  @Test
  void begin_timeWrapsAt32Bits_goesOn() throws IOException {
    media(ChunkWriter.PICTURE, 0xFFFFFFF0L);
    media(ChunkWriter.PICTURE, 0x10);
    out.flush();

    assertThat(hex()).endsWith("46" + "000020" + "000001" + "09" + "00");
  }

  @Test
  void fill_inManyParts_isTheSameAsAtOnce() throws IOException {
    byte[] payload = HexFormat.of().parseHex("0102030405".repeat(100));
    out.message(ChunkWriter.DATA, MessageType.DATA, 1, payload);
    out.flush();
    byte[] atOnce = link.written();
    out.begin(ChunkWriter.PUBLISHING, MessageType.DATA, 1, 0, payload.length);
    for (byte each : payload) {
      out.fill(ByteBuffer.wrap(new byte[] {each}));
    }
    out.flush();
    byte[] inParts = link.written();

    assertThat(inParts).hasSameSizeAs(atOnce);
    assertThat(Arrays.copyOfRange(inParts, 12, 140)).isEqualTo(Arrays.copyOfRange(atOnce, 12, 140));
  }

  @Test
  void fill_moreThanTheMessageLacks_isLeft() throws IOException {
    out.begin(ChunkWriter.DATA, MessageType.DATA, 1, 0, 2);
    ByteBuffer payload = ByteBuffer.allocate(3);
    out.fill(payload);

    assertThat(payload.remaining()).isEqualTo(1);
  }

  @Test
  void begin_beforeTheLastWasFilled_isTheCallersMistake() throws IOException {
    out.begin(ChunkWriter.DATA, MessageType.DATA, 1, 0, 2);

    assertThat(out.isWithinMessage()).isTrue();
    assertThatThrownBy(() -> media(ChunkWriter.SOUND, 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void flush_manyMessages_isOneWrite() throws IOException {
    for (int i = 0; i < 100; i++) {
      media(ChunkWriter.SOUND, i);
    }
    assertThat(link.writes()).isZero();
    out.flush();
    out.flush();

    assertThat(link.writes()).isEqualTo(1);
  }

  @Test
  void fill_moreThanTheBufferHolds_goesOutWhenItIsFull() throws IOException {
    out.begin(ChunkWriter.PICTURE, MessageType.VIDEO, 1, 0, 200_000);
    out.fill(ByteBuffer.allocate(200_000));
    out.flush();

    assertThat(link.writes()).isEqualTo(4);
    assertThat(link.written()).hasSize(12 + 200_000 + 199_999 / 128);
  }

  private void media(int chunkStream, long atMillis) throws IOException {
    out.begin(chunkStream, MessageType.VIDEO, 1, atMillis, 1);
    out.fill(ByteBuffer.allocate(1));
  }

  private String hex() {
    return HexFormat.of().formatHex(link.written());
  }
}
