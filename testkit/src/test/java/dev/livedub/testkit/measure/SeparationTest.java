package dev.livedub.testkit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SeparationTest {

  private static final int LENGTH = 48_000;

  @Test
  void siSdrDb_noiseAtRightAngles_isTheRatioOfPowers() {
    float[] reference = sine(100);
    float[] estimate = reference.clone();
    float[] noise = sine(300);
    for (int i = 0; i < LENGTH; i++) {
      estimate[i] = 0.25f * (estimate[i] + 0.1f * noise[i]);
    }

    assertThat(Separation.siSdrDb(estimate, reference)).isCloseTo(20, within(0.01));
  }

  @Test
  void siSdrDb_ofADuckedMix_isThatOfTheMix() {
    float[] voice = noise(1, 1);
    float[] background = noise(2, 0.25f);

    double mixDb = Separation.siSdrDb(sum(voice, 1, background, 1), background);
    double duckedDb = Separation.siSdrDb(sum(voice, 0.126f, background, 0.126f), background);

    assertThat(duckedDb).isCloseTo(mixDb, within(1e-3));
    assertThat(mixDb).isCloseTo(-12, within(0.3));
  }

  @Test
  void of_knownGains_findsBoth() {
    float[] voice = noise(3, 1);
    float[] background = noise(4, 0.25f);

    Separation found = Separation.of(sum(voice, 0.1f, background, 0.8f), voice, background);

    assertThat(found.voiceAttenuationDb()).isCloseTo(20, within(0.05));
    assertThat(found.backgroundChangeDb()).isCloseTo(20 * Math.log10(0.8), within(0.05));
  }

  @Test
  void of_voiceLetThroughATenthOfTheTime_findsATenthOfItsPower() {
    float[] voice = noise(5, 1);
    float[] background = noise(6, 0.25f);
    float[] outcome = background.clone();
    for (int i = 20_000; i < 20_000 + LENGTH / 10; i++) {
      outcome[i] += voice[i];
    }

    Separation found = Separation.of(outcome, voice, background);

    assertThat(found.voiceAttenuationDb()).isCloseTo(10, within(1.0));
    assertThat(found.backgroundChangeDb()).isCloseTo(0, within(0.3));
  }

  @Test
  void of_unequalLengths_saysThem() {
    assertThatThrownBy(() -> Separation.of(new float[3], new float[4], new float[3]))
        .hasMessageContaining("3, 4, 3");
  }

  private static float[] sine(double cycles) {
    float[] samples = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      samples[i] = (float) Math.sin(2 * Math.PI * cycles * i / LENGTH);
    }
    return samples;
  }

  private static float[] noise(long seed, float deviation) {
    Random random = new Random(seed);
    float[] samples = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      samples[i] = (float) random.nextGaussian() * deviation;
    }
    return samples;
  }

  private static float[] sum(float[] a, float gainA, float[] b, float gainB) {
    float[] samples = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      samples[i] = gainA * a[i] + gainB * b[i];
    }
    return samples;
  }
}
