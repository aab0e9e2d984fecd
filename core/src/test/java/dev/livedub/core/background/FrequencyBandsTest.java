package dev.livedub.core.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrequencyBandsTest {

  private static final int BINS = 1_025;

  private final FrequencyBands bands = new FrequencyBands(BINS);

  @Test
  void count_isWhatTheWeightsWereLearntFor() {
    assertThat(bands.count()).isEqualTo(MaskWeights.shipped().bands());
  }

  @Test
  void mean_lowBins_areBandsOfTheirOwn() {
    float[] bins = new float[BINS];
    bins[1] = 3;
    bins[60] = 5;
    float[] means = new float[bands.count() + 1];

    bands.mean(bins, means, 1);

    assertThat(means[1]).isEqualTo(3);
    assertThat(means[60]).isEqualTo(5);
  }

  @Test
  void at_straightLineOverTheBins_isThatLineAgain() {
    float[] line = new float[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      line[bin] = bin;
    }
    float[] means = new float[bands.count()];
    bands.mean(line, means, 0);

    for (int bin = 1; bin < 1_010; bin++) {
      assertThat(bands.at(bin, means)).as("bin %d", bin).isCloseTo(bin, within(0.01f));
    }
  }

  @Test
  void at_sameValueInAllBands_isThatValueEverywhere() {
    float[] values = new float[bands.count()];
    Arrays.fill(values, 0.25f);

    for (int bin = 0; bin < BINS; bin++) {
      assertThat(bands.at(bin, values)).isEqualTo(0.25f);
    }
  }
}
