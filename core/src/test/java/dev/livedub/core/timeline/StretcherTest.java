package dev.livedub.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StretcherTest {

  @Test
  void stretch_threeToFive_isHalfWayBetween() {
    short[] in = {0, 0, 100, -100, 200, -200};
    short[] out = new short[10];
    Stretcher.stretch(in, 0, 3, out, 5);

    assertThat(out).containsExactly(new int[] {0, 0, 50, -50, 100, -100, 150, -150, 200, -200});
  }

  @ParameterizedTest
  @ValueSource(ints = {1020, 1023, 1024, 1025, 1028})
  void stretch_anyLength_keepsItsEndsAndMakesNoStep(int outFrames) {
    int inFrames = 1024;
    short[] in = new short[(inFrames + 7) * 2];
    for (int i = 0; i < inFrames; i++) {
      double angle = 2 * Math.PI * 1_000 * i / 48_000 + 1;
      in[(i + 7) * 2] = (short) Math.round(20_000 * Math.sin(angle));
      in[(i + 7) * 2 + 1] = (short) Math.round(-20_000 * Math.sin(angle));
    }
    short[] out = new short[outFrames * 2];
    Stretcher.stretch(in, 7, inFrames, out, outFrames);

    assertThat(out[0]).isEqualTo(in[14]);
    assertThat(out[outFrames * 2 - 2]).isEqualTo(in[(inFrames + 6) * 2]);
    // A sine of 1 kHz at 20,000 moves by 20,000 · 2π / 48 = 2,618 a sample at most.
    for (int i = 1; i < outFrames; i++) {
      assertThat(Math.abs(out[2 * i] - out[2 * i - 2])).as("frame %d", i).isLessThan(2_650);
      assertThat(out[2 * i] + out[2 * i + 1]).as("halves round upwards").isBetween(0, 1);
    }
  }

  @Test
  void stretch_sameLength_changesNothing() {
    short[] in = {1, 2, 3, 4, 5, 6};
    short[] out = new short[6];
    Stretcher.stretch(in, 0, 3, out, 3);

    assertThat(out).containsExactly(new int[] {1, 2, 3, 4, 5, 6});
  }

  @Test
  void stretch_toOneFrame_isTheFirst() {
    short[] out = new short[2];
    Stretcher.stretch(new short[] {5, 6, 7, 8}, 0, 2, out, 1);

    assertThat(out).containsExactly(new int[] {5, 6});
  }
}
