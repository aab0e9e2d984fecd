package dev.livedub.testkit.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JitterTest {

  @Test
  void nextNanos_overAnHour_makesGapsAsMeasured() {
    Jitter jitter = Jitter.measured(1);
    double[] gapMillis = new double[14_400];
    long beforeNanos = jitter.nextNanos();
    for (int i = 0; i < gapMillis.length; i++) {
      long nanos = jitter.nextNanos();
      gapMillis[i] = 250 + (nanos - beforeNanos) / 1e6;
      beforeNanos = nanos;
    }
    Arrays.sort(gapMillis);
    assertThat(gapMillis[gapMillis.length / 2]).isCloseTo(250, within(1.0));
    assertThat(gapMillis[gapMillis.length * 99 / 100]).isCloseTo(327, within(3.0));
    assertThat(gapMillis[gapMillis.length - 1]).isLessThanOrEqualTo(331);
  }
}
