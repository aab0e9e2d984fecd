package dev.livedub.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TimeBaseTest {

  private static final TimeBase CLOCK_90_KHZ = new TimeBase(1, 90_000);
  private static final TimeBase MILLIS = new TimeBase(1, 1_000);

  @Test
  void toMicros_ninetyKilohertz_isTheNearest() {
    assertThat(CLOCK_90_KHZ.toMicros(1)).isEqualTo(11);
    assertThat(CLOCK_90_KHZ.toMicros(2)).isEqualTo(22);
    assertThat(CLOCK_90_KHZ.toMicros(5)).as("55.6").isEqualTo(56);
    assertThat(CLOCK_90_KHZ.toMicros(3_003)).as("one frame of 29.97").isEqualTo(33_367);
    assertThat(CLOCK_90_KHZ.toMicros(-5)).isEqualTo(-56);
  }

  @Test
  void fromMicros_millis_isTheNearest() {
    assertThat(MILLIS.fromMicros(1_499)).isEqualTo(1);
    assertThat(MILLIS.fromMicros(1_500)).isEqualTo(2);
    assertThat(MILLIS.fromMicros(-1_499)).isEqualTo(-1);
    assertThat(MILLIS.fromMicros(-1_501)).isEqualTo(-2);
  }

  @Test
  void fromMicros_ofToMicros_isTheSameTick() {
    for (long tick = -100_000; tick < 100_000; tick++) {
      assertThat(CLOCK_90_KHZ.fromMicros(CLOCK_90_KHZ.toMicros(tick))).isEqualTo(tick);
    }
  }

  @Test
  void conversions_ofACentury_areExact() {
    long century = 100L * 365 * 86_400;
    assertThat(CLOCK_90_KHZ.toMicros(century * 90_000)).isEqualTo(century * 1_000_000);
    assertThat(CLOCK_90_KHZ.fromMicros(century * 1_000_000)).isEqualTo(century * 90_000);
  }

  @Test
  void toMicros_beyondAnyStream_failsRatherThanWraps() {
    assertThatThrownBy(() -> new TimeBase(1, 1).toMicros(Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }
}
