package dev.livedub.bench.dub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.bench.dub.DubTimeline.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Minutes in seconds; {@code bench/dub-timeline} does the same for half an hour each. */
class DubTimelineTest {

  private static final Duration LENGTH = Duration.ofMinutes(4);
  private static final long SEED = 7;

  static List<VirtualScenario> scenarios() {
    return VirtualScenario.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void dub_virtualScenario_liesUnderTheLipsAndLosesNothing(VirtualScenario scenario) {
    Row row = Row.of(scenario, SEED, LENGTH);
    System.out.println("seed " + SEED + ": " + scenario.title() + ": " + row.onTime().words());

    assertThat(row.onTime().lags().size() + row.late()).isGreaterThan(3);
    assertThat(row.onTime().missing()).isEmpty();
    assertThat(row.onTime().repeated()).isEmpty();
    assertThat(row.onTime().disordered()).isZero();
    assertThat(row.lateMillis()).as("late, but as soon as can be").isLessThanOrEqualTo(1_000);
    if (!scenario.delay().isFixed()) {
      assertThat(row.latePart()).as("the delay follows").isLessThanOrEqualTo(DubTimeline.MOST_LATE);
    }
    if (scenario.outgrowsDelay()) {
      assertThat(row.late()).as("the lag outgrew the delay").isPositive();
      return;
    }
    assertThat(row.onTime().lagMillis(0.5)).isLessThanOrEqualTo(DubTimeline.MEDIAN_MILLIS);
    assertThat(row.onTime().lagMillis(0.95)).isLessThanOrEqualTo(DubTimeline.P95_MILLIS);
  }
}
