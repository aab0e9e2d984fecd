package dev.livedub.gemini.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerLagTest {

  private static final long SECOND = 1_000_000_000L;

  private final AnswerLag lag = new AnswerLag();

  @Test
  void measured_growingLag_isFollowedAtOnce() {
    for (long seconds = 4; seconds <= 12; seconds++) {
      lag.measured(seconds * SECOND);
      assertThat(lag.nanos()).isEqualTo(seconds * SECOND);
    }
    assertThat(lag.isUnusual()).isTrue();
  }

  @Test
  void measured_oneOutlier_isHardlyBelieved() {
    lag.measured(3 * SECOND);
    lag.measured(60 * SECOND);

    assertThat(lag.nanos()).isLessThan(AnswerLag.UNUSUAL_NANOS);
  }

  @Test
  void measured_shorterLag_isBelievedSlowly() {
    for (int i = 0; i < 5; i++) {
      lag.measured(11 * SECOND);
    }
    lag.measured(3 * SECOND);
    assertThat(lag.nanos()).isEqualTo(9 * SECOND);
    for (int i = 0; i < 5; i++) {
      lag.measured(3 * SECOND);
    }
    assertThat(lag.nanos()).isBetween(4 * SECOND, 5 * SECOND);
  }

  @Test
  void measured_longerThanCanBe_isCapped() {
    for (int i = 0; i < 20; i++) {
      lag.measured(90 * SECOND);
    }
    assertThat(lag.nanos()).isEqualTo(AnswerLag.LONGEST_NANOS);
  }
}
