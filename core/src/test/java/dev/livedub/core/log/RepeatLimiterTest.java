package dev.livedub.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.core.log.RepeatLimiter.Repeats;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RepeatLimiterTest {

  // Starts just before the wrap of nanoTime, which a plain comparison would not survive.
  private long nowNanos = Long.MAX_VALUE - 10;
  private final RepeatLimiter limiter = new RepeatLimiter(() -> nowNanos);

  @Test
  void offer_firstTime_isSaidAtOnce() {
    assertThat(limiter.offer("late")).isEqualTo(1);
    assertThat(limiter.offer("gap")).isEqualTo(1);
  }

  @Test
  void offer_repeatsWithinWindow_areKeptBackThenSummed() {
    limiter.offer("late");
    assertThat(limiter.offer("late")).isZero();
    advance(999);
    assertThat(limiter.offer("late")).isZero();
    advance(1);
    assertThat(limiter.offer("late")).isEqualTo(3);
    assertThat(limiter.offer("late")).isZero();
  }

  @Test
  void drain_repeatsNobodyFollowed_areReportedOnceAfterTheWindow() {
    limiter.offer("late");
    limiter.offer("late");
    limiter.offer("late");
    assertThat(limiter.drain()).isEmpty();
    advance(1000);
    assertThat(limiter.drain()).containsExactly(new Repeats("late", 2));
    assertThat(limiter.offer("late")).as("the sum opened a new window").isZero();
    assertThat(limiter.drainAll()).containsExactly(new Repeats("late", 1));
    assertThat(limiter.drainAll()).isEmpty();
  }

  @Test
  void drain_quietKey_isForgotten() {
    limiter.offer("late");
    advance(1000);
    assertThat(limiter.drain()).isEmpty();
    assertThat(limiter.offer("late")).isEqualTo(1);
  }

  @Test
  void offer_moreKeysThanToldApart_shareOne() {
    for (int i = 0; i < RepeatLimiter.MAX_KEYS; i++) {
      assertThat(limiter.offer("key" + i)).isEqualTo(1);
    }
    assertThat(limiter.offer("a")).isEqualTo(1);
    assertThat(limiter.offer("b")).isZero();
    assertThat(limiter.drainAll()).containsExactly(new Repeats(RepeatLimiter.OTHER, 1));
  }

  @Test
  void constructor_windowNotPositive_isRefused() {
    assertThatThrownBy(() -> new RepeatLimiter(() -> 0, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  private void advance(long millis) {
    nowNanos += Duration.ofMillis(millis).toNanos();
  }
}
