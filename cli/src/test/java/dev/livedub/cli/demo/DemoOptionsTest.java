package dev.livedub.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.core.config.BadValueException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a demonstration is asked for. */
class DemoOptionsTest {

  @Test
  void parse_nothing_isAMinuteSixSecondsLate() {
    assertThat(parse(Map.of(), false))
        .isEqualTo(new DemoOptions(60, Duration.ofSeconds(6), false, false, 0, Optional.empty()));
  }

  @Test
  void parse_faults_takesAsLongAsTheyDo() {
    assertThat(parse(Map.of(), true).seconds()).isEqualTo(90);
  }

  @Test
  void parse_everything_isTaken() {
    Map<String, String> values =
        Map.of("--seconds", "120", "--delay", "8s", "--page-port", "8090", "--folder", "x/y");
    assertThat(parse(values, true))
        .isEqualTo(
            new DemoOptions(
                120, Duration.ofSeconds(8), true, false, 8090, Optional.of(Path.of("x/y"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seconds | 14 | false | a number from 15 to 600",
        "--seconds | soon | false | a number from 15 to 600",
        "--seconds | 89 | true | a number from 90 to 600 with --faults",
        "--delay | 1s | false | a duration from 5s to 60s: a translation takes nearly four seconds",
        "--page-port | 65536 | false | a number from 0 to 65535",
      })
  void parse_wrongValue_namesItAndWhatWasExpected(
      String option, String text, boolean faults, String expected) {
    assertThatThrownBy(() -> parse(Map.of(option, text), faults))
        .isInstanceOf(BadValueException.class)
        .extracting(e -> ((BadValueException) e).expected())
        .isEqualTo(option + ": expected " + expected + ", not '" + text + "'");
  }

  private static DemoOptions parse(Map<String, String> values, boolean faults) {
    return DemoOptions.parse(name -> Optional.ofNullable(values.get(name)), faults, false);
  }
}
