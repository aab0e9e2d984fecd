package dev.livedub.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

  private static final int BEGIN = 72;
  private static final String ANSWER =
      "RTSP/1.0 200 OK\r\nCSeq: 7\r\nContent-Length: 5\r\n\r\nhello";

  private final ByteBuffer buffer = ByteBuffer.allocate(BEGIN + Wire.BUFFER_BYTES);
  private int waits;

  /** Hands out bytes in portions, then ends. */
  private static final class Portions implements ByteStream {
    private final ByteBuffer all;
    private final int portionBytes;

    Portions(byte[] all, int portionBytes) {
      this.all = ByteBuffer.wrap(all);
      this.portionBytes = portionBytes;
    }

    @Override
    public int read(ByteBuffer into, long dueNanos) {
      int count = Math.min(portionBytes, Math.min(into.remaining(), all.remaining()));
      into.put(all.slice(all.position(), count));
      all.position(all.position() + count);
      return count == 0 ? -1 : count;
    }

    @Override
    public void write(ByteBuffer from, long dueNanos) {}

    @Override
    public void close() {}
  }

  private Wire wire(byte[] bytes, int portionBytes) {
    return new Wire(new Portions(bytes, portionBytes), buffer, BEGIN, comeBytes -> waits++);
  }

  private static long soon() {
    return System.nanoTime() + 60_000_000_000L;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] frame(int channel, byte[] packet) {
    return ByteBuffer.allocate(4 + packet.length)
        .put((byte) '$')
        .put((byte) channel)
        .putShort((short) packet.length)
        .put(packet)
        .array();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1_000, 70_000, 1 << 20})
  void next_framesAndMessagesInPortionsOfAnySize_areCutAsTheyWere(int portionBytes)
      throws Exception {
    Random random = new Random(11);
    List<byte[]> packets = new ArrayList<>();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int[] sizes = {0, 1, 12, 1_400, 65_535, 65_535, 3, 40_000, 65_535, 200};
    for (int sizeBytes : sizes) {
      byte[] packet = new byte[sizeBytes];
      random.nextBytes(packet);
      packets.add(packet);
      all.write(frame(sizeBytes % 4, packet));
      all.write(text(ANSWER + "\r\n"));
    }
    Wire wire = wire(all.toByteArray(), portionBytes);

    for (byte[] packet : packets) {
      assertThat(wire.next(soon())).isEqualTo(Wire.Unit.FRAME);
      assertThat(wire.channel()).isEqualTo(packet.length % 4);
      byte[] cut = new byte[wire.frameBytes()];
      buffer.get(wire.frameOffset(), cut);
      assertThat(cut).isEqualTo(packet);
      assertThat(wire.next(soon())).isEqualTo(Wire.Unit.MESSAGE);
      assertThat(wire.message().body()).isEqualTo("hello");
    }
    assertThat(wire.next(soon())).isEqualTo(Wire.Unit.END);
  }

  @Test
  void next_severalFramesInOneRead_waitOnlyForTheLast() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 20; i++) {
      all.write(frame(0, new byte[100]));
    }
    Wire wire = wire(all.toByteArray(), 1 << 20);

    for (int i = 0; i < 20; i++) {
      assertThat(wire.next(soon())).isEqualTo(Wire.Unit.FRAME);
    }
    assertThat(waits).isZero();
    assertThat(wire.next(soon())).isEqualTo(Wire.Unit.END);
    assertThat(waits).isEqualTo(1);
  }

  @Test
  void next_endInTheMiddleOfAFrame_isTheEnd() throws Exception {
    assertThat(wire(text("$\0\0\20abc"), 100).next(soon())).isEqualTo(Wire.Unit.END);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0001$\u0000",
        "rtsp/1.0 200 OK\r\n\r\n",
        "R\u00ff",
        "RTSP/1.0 twohundred\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "OPTIONS nowhere\r\n",
        "RTSP/1.0 200 OK\r\nContent-Length: many\r\n\r\n",
        "RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n",
        "RTSP/1.0 200 OK\r\nContent-Length: -5\r\n\r\n",
      })
  void next_rubbish_isRefusedAtOnce(String rubbish) {
    assertThatThrownBy(() -> wire(text(rubbish), 1).next(soon()))
        .isInstanceOfSatisfying(
            RtspException.class, e -> assertThat(e.reason()).isEqualTo(Reason.RUBBISH));
  }

  @Test
  void next_headWithoutEnd_isRefused() {
    String endless = "RTSP/1.0 200 OK\r\n" + "X-Filler: 0123456789\r\n".repeat(2_000);

    assertThatThrownBy(() -> wire(text(endless), 1_000).next(soon()))
        .isInstanceOf(RtspException.class)
        .hasMessageContaining("longer");
  }

  @Test
  void next_lineWithoutEnd_isRefused() {
    assertThatThrownBy(() -> wire(text("A".repeat(2_000)), 100).next(soon()))
        .isInstanceOf(RtspException.class);
  }

  @Test
  void next_pastItsTime_givesUpThoughMoreWouldCome() throws Exception {
    Wire wire = wire(frame(0, new byte[100]), 1 << 20);

    assertThatThrownBy(() -> wire.next(System.nanoTime() - 1))
        .isInstanceOfSatisfying(
            RtspException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_TIME));
  }

  @Test
  void next_headersInAnyStyle_areUnderstood() throws IOException, RtspException {
    String message =
        "\n\r\nRTSP/1.0 404 Not Found\nCSEQ:3\nX: a\n b\r\nX:c\r\nno header\r\nPublic:  y \r\n\r\n";
    Wire wire = wire(text(message), 5);

    assertThat(wire.next(soon())).isEqualTo(Wire.Unit.MESSAGE);
    RtspMessage answer = wire.message();
    assertThat(answer.isAnswer()).isTrue();
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.statusText()).isEqualTo("404 Not Found");
    assertThat(answer.sequence()).hasValue(3);
    assertThat(answer.headers("x")).containsExactly("a b", "c");
    assertThat(answer.header("PUBLIC")).isEqualTo("y");
    assertThat(answer.header("absent")).isEmpty();
  }

  @Test
  void next_requestOfTheServer_isToldFromAnAnswer() throws IOException, RtspException {
    Wire wire = wire(text("SET_PARAMETER rtsp://h/x RTSP/1.0\r\nCSeq: 1\r\n\r\n"), 100);

    assertThat(wire.next(soon())).isEqualTo(Wire.Unit.MESSAGE);
    assertThat(wire.message().isAnswer()).isFalse();
    assertThat(wire.message().method()).isEqualTo("SET_PARAMETER");
  }
}
