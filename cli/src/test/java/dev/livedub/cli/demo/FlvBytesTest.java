package dev.livedub.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** An FLV file that is still being written. */
class FlvBytesTest {

  private static final byte[] HEAD = {'F', 'L', 'V', 1, 0, 0, 0, 0, 9, 0, 0, 0, 0};

  @Test
  void wholeTags_lastTagCutAnywhere_leavesItOut() {
    byte[] one = joined(HEAD, tag(3));
    byte[] two = joined(one, tag(300));
    one[4] = 5;
    for (int length = one.length; length < two.length; length++) {
      assertThat(FlvBytes.wholeTags(Arrays.copyOf(two, length))).isEqualTo(one);
    }
    assertThat(FlvBytes.wholeTags(two)).hasSize(two.length);
  }

  private static byte[] tag(int bodyBytes) {
    byte[] tag = new byte[11 + bodyBytes + 4];
    tag[0] = 9;
    tag[2] = (byte) (bodyBytes >> 8);
    tag[3] = (byte) bodyBytes;
    return tag;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
