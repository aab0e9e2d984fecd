package dev.livedub.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SamplesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1000000, 48000",
    "21333, 1024",
    "21334, 1024",
    "10, 0",
    "11, 1",
    "-21333, -1024",
    "-10, 0",
    "-11, -1",
    "3155760000000000, 151476480000000"
  })
  void atMicros_isTheNearest(long micros, long samples) {
    assertThat(Samples.atMicros(micros)).isEqualTo(samples);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 20", "1024, 21333", "48000, 1000000", "-1, -21"})
  void toMicros_isRoundedDown(long samples, long micros) {
    assertThat(Samples.toMicros(samples)).isEqualTo(micros);
  }

  @Test
  void toMicros_andBack_isTheSameSample() {
    for (long sample = -100_000; sample < 100_000; sample++) {
      assertThat(Samples.atMicros(Samples.toMicros(sample))).isEqualTo(sample);
    }
  }

  @Test
  void conversions_beyondAnyStream_failRatherThanWrap() {
    assertThatThrownBy(() -> Samples.toMicros(Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Samples.atMicros(Long.MIN_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }
}
