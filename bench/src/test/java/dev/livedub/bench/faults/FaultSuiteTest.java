package dev.livedub.bench.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault, against its bounds. The one that takes minutes: {@code -Dlivedub.long=true}. */
@Execution(ExecutionMode.CONCURRENT)
final class FaultSuiteTest {

  private static final double NOTICED_MILLIS = 5_000;

  /** The bound is 2 s; a keyframe every second and a machine that is shared may double it. */
  private static final double RECOVERED_MILLIS = 4_000;

  private static final double AV_MILLIS = 120;

  @ParameterizedTest
  @EnumSource(Fault.class)
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void run_anyFault_isProvenAndGotOver(Fault fault) throws IOException {
    boolean takesMinutes = fault == Fault.PUBLISHER_BACK_AFTER_60;
    assumeTrue(
        !takesMinutes || Boolean.getBoolean("livedub.long"),
        "takes a minute more: -Dlivedub.long=true");
    FaultResult result = FaultTable.run(fault);

    SoftAssertions softly = new SoftAssertions();
    softly.assertThat(result.complaints()).as("complaints: %s", result.toRow()).isEmpty();
    softly.assertThat(result.proof()).as("proof").matches("[1-9]\\d* .+");
    if (!Double.isNaN(result.noticedMillis())) {
      softly
          .assertThat(result.noticedMillis())
          .as("noticed after, ms")
          .isLessThanOrEqualTo(NOTICED_MILLIS);
    }
    if (result.endsByItself()) {
      softly.assertThat(result.noticedMillis()).as("the end, ms").isNotNaN();
    } else {
      softly
          .assertThat(result.recoveredMillis())
          .as("on air again after, ms; bound 2 s, plus a keyframe's second, on a shared machine")
          .isLessThanOrEqualTo(RECOVERED_MILLIS);
    }
    if (!result.endsByItself() && fault.hasSound()) {
      softly
          .assertThat(Math.abs(result.avOffsetMillis()))
          .as("A/V offset afterwards, ms")
          .isLessThanOrEqualTo(AV_MILLIS);
    }
    softly.assertAll();
  }
}
