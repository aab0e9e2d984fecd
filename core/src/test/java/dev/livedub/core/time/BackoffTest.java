package dev.livedub.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BackoffTest {

  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  @Test
  void next_withoutChance_doublesUpToTheLongest() {
    Backoff backoff = new Backoff(FIRST, LONGEST, always(0));

    assertThat(backoff.next()).hasMillis(200);
    assertThat(backoff.next()).hasMillis(400);
    assertThat(backoff.next()).hasMillis(800);
    assertThat(backoff.next()).hasMillis(1_000);
    assertThat(backoff.next()).hasMillis(1_000);
  }

  @Test
  void next_atTheWorstOfChance_isHalf() {
    Backoff backoff = new Backoff(FIRST, LONGEST, always(1));

    assertThat(backoff.next()).hasMillis(100);
    assertThat(backoff.next()).hasMillis(200);
  }

  @Test
  void next_afterManyAttempts_staysInBounds() {
    long seed = 7;
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(seed));
    for (int i = 0; i < 10_000; i++) {
      assertThat(backoff.next())
          .as("attempt %d, seed %d", i, seed)
          .isBetween(FIRST.dividedBy(2), LONGEST);
    }
  }

  @Test
  void reset_afterAttempts_beginsAgain() {
    Backoff backoff = new Backoff(FIRST, LONGEST, always(0));
    backoff.next();
    backoff.next();
    backoff.reset();

    assertThat(backoff.next()).hasMillis(200);
  }

  private static RandomGenerator always(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
