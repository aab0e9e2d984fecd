package dev.livedub.gemini.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcmCollectorTest {

  private static final int SAMPLE_RATE_HZ = 24_000;
  private static final short[] TONE = tone(SAMPLE_RATE_HZ);

  private final PcmCollector collector = new PcmCollector();

  @ParameterizedTest
  @ValueSource(ints = {1_000, 1_001, 333, 6_001, 30_000})
  void take_streamCutAnywhere_losesNothing(int pieceBytes) {
    byte[] stream = bytes(TONE);
    short[] heard = new short[0];
    for (int at = 0; at < stream.length; at += pieceBytes) {
      collector.write(stream, at, Math.min(pieceBytes, stream.length - at));
      heard = joined(heard, collector.take());
    }
    assertThat(heard).isEqualTo(TONE);
  }

  @Test
  void take_pieceCutShort_leavesTheNextInStep() {
    byte[] stream = bytes(TONE);
    collector.write(stream, 0, 12_001);
    assertThat(collector.take()).isEqualTo(Arrays.copyOf(TONE, 6_000));
    assertThat(collector.wasOdd()).isTrue();
    collector.write(stream, 12_002, 12_000);
    assertThat(collector.take()).isEqualTo(Arrays.copyOfRange(TONE, 6_001, 12_001));
    assertThat(collector.wasOdd()).isFalse();
  }

  @Test
  void take_silenceCutAnywhere_isSilence() {
    collector.write(new byte[13], 0, 13);
    assertThat(collector.take()).isEqualTo(new short[6]);
    collector.write(new byte[11], 0, 11);
    assertThat(collector.take()).isEqualTo(new short[6]);
  }

  @Test
  void take_nothingWritten_isEmptyAndKeepsTheHalf() {
    byte[] stream = bytes(TONE);
    collector.write(stream, 0, 101);
    collector.take();
    assertThat(collector.take()).isEmpty();
    collector.write(stream, 101, 1_001);
    assertThat(collector.take()).isEqualTo(Arrays.copyOfRange(TONE, 50, 551));
  }

  @Test
  void reset_afterBytes_forgetsThem() {
    collector.write(new byte[100], 0, 100);
    collector.reset();
    collector.write(7);
    collector.write(0);
    assertThat(collector.take()).containsExactly(7);
  }

  private static short[] tone(int samples) {
    short[] tone = new short[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = (short) (9_000 * Math.sin(2 * Math.PI * 300 * i / SAMPLE_RATE_HZ));
    }
    return tone;
  }

  private static byte[] bytes(short[] samples) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (short sample : samples) {
      out.write(sample);
      out.write(sample >> 8);
    }
    return out.toByteArray();
  }

  private static short[] joined(short[] first, short[] second) {
    short[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
