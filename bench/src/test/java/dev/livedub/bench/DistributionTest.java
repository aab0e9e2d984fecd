package dev.livedub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {

  @Test
  void quantile_ofOneToHundred_isTheNearestRank() {
    double[] descending = IntStream.range(0, 100).mapToDouble(i -> 100 - i).toArray();
    Distribution values = new Distribution(descending);
    assertThat(values.quantile(0.5)).isEqualTo(50);
    assertThat(values.quantile(0.95)).isEqualTo(95);
    assertThat(values.quantile(1)).isEqualTo(100);
    assertThat(values.mean()).isEqualTo(50.5);
    assertThat(values.max()).isEqualTo(100);
    assertThat(values.count()).isEqualTo(100);
  }

  @Test
  void quantile_ofOneValue_isThatValue() {
    Distribution values = new Distribution(new double[] {7});
    assertThat(values.quantile(0.01)).isEqualTo(7);
    assertThat(values.quantile(0.99)).isEqualTo(7);
  }

  @Test
  void constructor_withoutValues_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Distribution(new double[0]));
  }
}
