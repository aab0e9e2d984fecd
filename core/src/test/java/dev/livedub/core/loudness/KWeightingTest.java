package dev.livedub.core.loudness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KWeightingTest {

  /** Coefficients at 48 kHz as ITU-R BS.1770-4, Annex 1, tables 1 and 2, give them. */
  private static double[] byTheTables(double[] sound) {
    double[] shelved =
        filter(
            sound,
            new double[] {1.53512485958697, -2.69169618940638, 1.19839281085285},
            new double[] {-1.69065929318241, 0.73248077421585});
    return filter(
        shelved, new double[] {1, -2, 1}, new double[] {-1.99004745483398, 0.99007225036621});
  }

  private static double[] filter(double[] in, double[] b, double[] a) {
    double[] out = new double[in.length];
    for (int i = 2; i < in.length; i++) {
      out[i] =
          b[0] * in[i]
              + b[1] * in[i - 1]
              + b[2] * in[i - 2]
              - a[0] * out[i - 1]
              - a[1] * out[i - 2];
    }
    return out;
  }

  @Test
  void next_48kHz_isTheFilterOfTheTables() {
    Random random = new Random(29);
    double[] sound = new double[48_000];
    for (int i = 2; i < sound.length; i++) {
      sound[i] = random.nextGaussian();
    }
    double[] expected = byTheTables(sound);
    KWeighting weighting = new KWeighting(48_000);

    for (int i = 0; i < sound.length; i++) {
      assertThat(weighting.next(sound[i])).isCloseTo(expected[i], within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16_000, 24_000, 48_000})
  void lufsInBoth_997HzAtFullScale_isZeroAtAnyRate(int rateHz) {
    KWeighting weighting = new KWeighting(rateHz);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < 4 * rateHz; i++) {
      double weighted = weighting.next(32_768 * Math.sin(2 * Math.PI * 997 * i / rateHz));
      if (i >= rateHz) {
        sum += weighted * weighted;
        count++;
      }
    }
    assertThat(Loudness.lufsInBoth(sum / count)).isCloseTo(0, within(0.05));
  }

  @Test
  void lufsInBoth_silence_isTheGate() {
    assertThat(Loudness.lufsInBoth(0)).isEqualTo(Loudness.SILENCE_LUFS);
  }
}
