package dev.livedub.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {

  private static final long LONGEST = Duration.ofMillis(200).toNanos();

  @Test
  void nextPause_littleComes_isTheLongest() {
    Gathering gathering = new Gathering(Duration.ofMillis(200));
    assertThat(gathering.isWanted()).isTrue();
    for (int i = 0; i < 5; i++) {
      assertThat(gathering.nextPauseNanos(Gathering.MOST_BYTES / 2)).isEqualTo(LONGEST);
    }
  }

  @Test
  void nextPause_steadyStream_settlesWhereTheMostComesInOnePause() {
    Gathering gathering = new Gathering(Duration.ofMillis(200));
    double bytesPerNano = 8e6 / 8 / 1e9;
    long pauseNanos = LONGEST;
    for (int i = 0; i < 50; i++) {
      pauseNanos = gathering.nextPauseNanos((int) (bytesPerNano * pauseNanos));
      if (i > 0) {
        assertThat(bytesPerNano * pauseNanos).isLessThanOrEqualTo(1.25 * Gathering.MOST_BYTES);
      }
    }
    assertThat(bytesPerNano * pauseNanos).isGreaterThan(0.7 * Gathering.MOST_BYTES);
  }

  @Test
  void nextPause_burst_shrinksAtOnceAndIsTheLongestAgainSoon() {
    Gathering gathering = new Gathering(Duration.ofMillis(200));
    assertThat(gathering.nextPauseNanos(4 * Gathering.MOST_BYTES)).isEqualTo(LONGEST / 4);
    for (int i = 0; i < 7; i++) {
      gathering.nextPauseNanos(1000);
    }
    assertThat(gathering.nextPauseNanos(1000)).isEqualTo(LONGEST);
  }

  @Test
  void nextPause_moreThanCanBe_isNeverZeroAndGrowsAgain() {
    Gathering gathering = new Gathering(Duration.ofMillis(200));
    for (int i = 0; i < 100; i++) {
      assertThat(gathering.nextPauseNanos(Integer.MAX_VALUE)).isPositive();
    }
    for (int i = 0; i < 30; i++) {
      gathering.nextPauseNanos(0);
    }
    assertThat(gathering.nextPauseNanos(0)).isEqualTo(LONGEST);
  }

  @Test
  void isWanted_zero_isNot() {
    assertThat(new Gathering(Duration.ZERO).isWanted()).isFalse();
  }
}
