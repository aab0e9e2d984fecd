package dev.livedub.gemini.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.gemini.session.SessionEnd;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private long nowNanos = 1_000;
  private final RetryPolicy policy =
      new RetryPolicy(() -> nowNanos, RetrySettings.DEFAULT, new Random(1));

  @Test
  void firstLoss_isTriedAgainAtOnce() {
    policy.translated();
    policy.ended(end(Kind.RETRY));

    assertThat(policy.mayOpen()).isTrue();
  }

  @Test
  void secondLossInARow_waits() {
    policy.ended(end(Kind.RETRY));
    policy.ended(end(Kind.RETRY));

    assertThat(policy.mayOpen()).isFalse();
    pass(Duration.ofMillis(600));
    assertThat(policy.mayOpen()).isTrue();
  }

  @Test
  void lossesInARow_openTheBreaker_thatTriesOnceAndCloses() {
    for (int i = 0; i < 3; i++) {
      policy.ended(end(Kind.RETRY));
    }
    assertThat(policy.breakerGauge()).isEqualTo(2);
    assertThat(policy.block())
        .hasValueSatisfying(
            health -> assertThat(health.cause()).isEqualTo(Health.Cause.BREAKER_OPEN));
    assertThat(policy.mayOpen()).isFalse();

    pass(Duration.ofSeconds(13));
    assertThat(policy.mayOpen()).isTrue();
    assertThat(policy.breakerGauge()).isEqualTo(1);
    assertThat(policy.mayOpen()).as("one try only").isFalse();
    policy.translated();
    assertThat(policy.breakerGauge()).isZero();
    assertThat(policy.mayOpen()).isTrue();
  }

  @Test
  void failedTry_opensTheBreakerForLonger() {
    for (int i = 0; i < 3; i++) {
      policy.ended(end(Kind.RETRY));
    }
    pass(Duration.ofSeconds(13));
    assertThat(policy.mayOpen()).isTrue();
    policy.ended(end(Kind.RETRY));

    pass(Duration.ofSeconds(14));
    assertThat(policy.mayOpen()).isFalse();
    pass(Duration.ofSeconds(20));
    assertThat(policy.mayOpen()).isTrue();
  }

  @Test
  void lossesBetweenSuccesses_leaveTheBreakerClosed() {
    for (int i = 0; i < 50; i++) {
      policy.translated();
      policy.ended(end(Kind.RETRY));
    }

    assertThat(policy.breakerGauge()).isZero();
  }

  @Test
  void fatal_isForGood() {
    policy.ended(end(Kind.FATAL));
    pass(Duration.ofDays(1));

    assertThat(policy.mayOpen()).isFalse();
    assertThat(policy.block()).hasValue(new Health(Health.State.FAILED, "FATAL"));
  }

  @Test
  void quota_isForAQuarterOfAnHour() {
    policy.ended(end(Kind.QUOTA));
    pass(Duration.ofMinutes(14));
    assertThat(policy.mayOpen()).isFalse();
    assertThat(policy.block()).isPresent();
    pass(Duration.ofMinutes(2));

    assertThat(policy.mayOpen()).isTrue();
    assertThat(policy.block()).isEmpty();
  }

  @Test
  void staleHandleOrPlannedEnd_isNoFailure() {
    for (int i = 0; i < 10; i++) {
      policy.ended(end(Kind.STALE_HANDLE));
      policy.ended(end(Kind.PLANNED));
    }

    assertThat(policy.mayOpen()).isTrue();
    assertThat(policy.breakerGauge()).isZero();
  }

  private void pass(Duration time) {
    nowNanos += time.toNanos();
  }

  private static SessionEnd end(Kind kind) {
    return new SessionEnd(kind, Phase.LIVE, 1011, kind.name(), false);
  }
}
