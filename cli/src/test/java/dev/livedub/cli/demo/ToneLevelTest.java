package dev.livedub.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ToneLevelTest {

  private static final int RATE_HZ = 48_000;

  @Test
  void amplitude_sineAndItsNeighbour_areToldApart() {
    float[] samples = new float[RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.25 * Math.sin(2 * Math.PI * 440 * i / RATE_HZ + 1));
    }
    assertThat(ToneLevel.amplitude(samples, 0, RATE_HZ, 440.0 / RATE_HZ))
        .isCloseTo(0.25, within(0.001));
    assertThat(ToneLevel.amplitude(samples, 1000, 25_000, 440.0 / RATE_HZ))
        .isCloseTo(0.25, within(0.001));
    assertThat(ToneLevel.amplitude(samples, 0, RATE_HZ, 470.0 / RATE_HZ)).isLessThan(0.001);
    assertThat(ToneLevel.amplitude(new float[RATE_HZ], 0, RATE_HZ, 440.0 / RATE_HZ)).isZero();
  }
}
