package dev.livedub.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "6s, 6000",
    "250ms, 250",
    "1m, 60000",
    "1m30s, 90000",
    "1.5s, 1500",
    "0s, 0",
    "2h, 7200000",
    "999999999999h, 9223372036854"
  })
  void parse_durationWithUnit_isRead(String text, long millis) {
    assertThat(DurationText.parse(text).toMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "s", "-1s", "6 s", "6S", "1,5s", "6sec", "1e3s", "٣s", "6s6"})
  void parse_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining("6s");
  }

  @Test
  void parseWithin_bounds_areInclusive() {
    Duration least = Duration.ofMillis(250);
    Duration most = Duration.ofSeconds(10);
    assertThat(DurationText.parseWithin("250ms", least, most)).isEqualTo(least);
    assertThat(DurationText.parseWithin("10s", least, most)).isEqualTo(most);
    for (String text : new String[] {"249ms", "10.001s", "0s"}) {
      assertThatThrownBy(() -> DurationText.parseWithin(text, least, most))
          .isInstanceOf(BadValueException.class)
          .hasMessage("a duration from 250ms to 10s");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "6s", "250ms", "60s", "10m", "90s", "24h", "1500ms"})
  void format_whatIsWrittenShortest_readsBackTheSame(String text) {
    Duration value = DurationText.parse(text);
    assertThat(DurationText.format(value)).isEqualTo(text);
    assertThat(DurationText.parse(DurationText.format(value))).isEqualTo(value);
  }
}
