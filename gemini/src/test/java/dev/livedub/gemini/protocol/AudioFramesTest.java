package dev.livedub.gemini.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioFramesTest {

  private static final String HEAD = "{\"realtimeInput\":{\"audio\":{\"data\":\"";
  private static final String TAIL = "\",\"mimeType\":\"audio/pcm;rate=16000\"}}}";

  private final AudioFrames frames = new AudioFrames();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 799, 1_600, 0})
  void encode_anyLength_holdsTheSamplesLowByteFirst(int count) {
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) (i * 7_919 - 32_768);
    }
    String message = frames.encode(samples);
    assertThat(message).startsWith(HEAD).endsWith(TAIL).hasSize(AudioFrames.sizeBytes(count));
    assertThat(decoded(message)).isEqualTo(samples);
  }

  @Test
  void encode_secondMessage_leavesTheFirstAlone() {
    String first = frames.encode(new short[] {1, 2});
    String second = frames.encode(new short[] {3, 4});
    assertThat(decoded(first)).containsExactly(1, 2);
    assertThat(decoded(second)).containsExactly(3, 4);
  }

  private static short[] decoded(String message) {
    byte[] pcm =
        Base64.getDecoder()
            .decode(message.substring(HEAD.length(), message.length() - TAIL.length()));
    short[] samples = new short[pcm.length / 2];
    ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }
}
