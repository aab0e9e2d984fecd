package dev.livedub.testkit.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ChunkReaderTest {

  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

  @Test
  void next_allHeaderTypes_fillInWhatIsLeftOut() throws IOException {
    put(0x04, 0, 0, 100, 0, 0, 2, 9, 1, 0, 0, 0, 'a', 'b');
    put(0x44, 0, 0, 40, 0, 0, 1, 8, 'c');
    put(0x84, 0, 0, 20, 'd');
    put(0xC4, 'e');
    ChunkReader reader = reader();

    expect(reader.next(), 9, 1, 100, "ab");
    expect(reader.next(), 8, 1, 140, "c");
    expect(reader.next(), 8, 1, 160, "d");
    expect(reader.next(), 8, 1, 180, "e");
    assertThat(reader.next()).isNull();
  }

  @Test
  void next_longMessagesOfTwoStreamsInterleaved_areKeptApart() throws IOException {
    byte[] video = new byte[300];
    Arrays.fill(video, (byte) 'v');
    put(0x06, 0, 0, 1, 0, 1, 44, 9, 1, 0, 0, 0);
    wire.write(video, 0, 128);
    put(0x04, 0, 0, 2, 0, 0, 1, 8, 1, 0, 0, 0, 's');
    put(0xC6);
    wire.write(video, 0, 128);
    put(0xC6);
    wire.write(video, 0, 44);
    ChunkReader reader = reader();

    expect(reader.next(), 8, 1, 2, "s");
    expect(reader.next(), 9, 1, 1, "v".repeat(300));
  }

  @Test
  void next_chunkSizeSet_isFollowed() throws IOException {
    put(0x02, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 4);
    put(0x04, 0, 0, 0, 0, 0, 6, 9, 1, 0, 0, 0, 'a', 'b', 'c', 'd', 0xC4, 'e', 'f');
    ChunkReader reader = reader();
    RtmpMessage setChunkSize = reader.next();
    assertThat(setChunkSize).isNotNull();
    reader.chunkBytes(setChunkSize.number());

    expect(reader.next(), 9, 1, 0, "abcdef");
  }

  @Test
  void next_extendedTimestamps_areReadInEveryChunk() throws IOException {
    put(0x02, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 2);
    put(0x04, 0xFF, 0xFF, 0xFF, 0, 0, 3, 9, 1, 0, 0, 0, 0x01, 0, 0, 0, 'a', 'b');
    put(0xC4, 0x01, 0, 0, 0, 'c');
    put(0x44, 0, 0, 40, 0, 0, 1, 9, 'd');
    put(0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 'e');
    ChunkReader reader = reader();
    RtmpMessage setChunkSize = reader.next();
    assertThat(setChunkSize).isNotNull();
    reader.chunkBytes(setChunkSize.number());

    expect(reader.next(), 9, 1, 0x01000000L, "abc");
    expect(reader.next(), 9, 1, 0x01000028L, "d");
    expect(reader.next(), 9, 1, 0x00000028L, "e");
  }

  @Test
  void next_longChunkStreamNumbers_areToldApart() throws IOException {
    put(0x00, 6, 0, 0, 1, 0, 0, 1, 9, 1, 0, 0, 0, 'a');
    put(0x01, 6, 1, 0, 0, 2, 0, 0, 1, 8, 1, 0, 0, 0, 'b');
    put(0xC0, 6, 'c');
    ChunkReader reader = reader();

    expect(reader.next(), 9, 1, 1, "a");
    expect(reader.next(), 8, 1, 2, "b");
    expect(reader.next(), 9, 1, 2, "c");
  }

  @Test
  void abort_ofAHalfMessage_forgetsIt() throws IOException {
    put(0x02, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 2);
    put(0x04, 0, 0, 7, 0, 0, 3, 9, 1, 0, 0, 0, 'a', 'b');
    put(0x02, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 'x', 'x');
    put(0x44, 0, 0, 1, 0, 0, 2, 9, 'c', 'd');
    ChunkReader reader = reader();
    RtmpMessage setChunkSize = reader.next();
    assertThat(setChunkSize).isNotNull();
    reader.chunkBytes(setChunkSize.number());
    expect(reader.next(), 2, 0, 0, "xx");
    reader.abort(4);

    expect(reader.next(), 9, 1, 8, "cd");
  }

  @Test
  void next_streamThatBeginsWithoutFullHeader_isRefused() {
    put(0xC4, 'a');

    assertThatThrownBy(() -> reader().next()).isInstanceOf(ProtocolException.class);
  }

  @Test
  void next_cutWithinAMessage_isAnError() {
    put(0x04, 0, 0, 0, 0, 0, 6, 9, 1, 0, 0, 0, 'a');

    assertThatThrownBy(() -> reader().next()).isInstanceOf(EOFException.class);
  }

  private ChunkReader reader() {
    return new ChunkReader(new RtmpInput(new ByteArrayInputStream(wire.toByteArray())));
  }

  private void put(int... bytes) {
    for (int b : bytes) {
      wire.write(b);
    }
  }

  private static void expect(
      @Nullable RtmpMessage message, int type, int streamId, long timestampMillis, String text) {
    assertThat(message).isNotNull();
    assertThat(message.type()).isEqualTo(type);
    assertThat(message.streamId()).isEqualTo(streamId);
    assertThat(message.timestampMillis()).isEqualTo(timestampMillis);
    assertThat(message.payload()).asString().isEqualTo(text);
  }
}
