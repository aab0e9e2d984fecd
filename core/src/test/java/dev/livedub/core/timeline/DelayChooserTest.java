package dev.livedub.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.config.PlayoutDelay;
import java.time.Duration;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** An utterance every 3 s, for as long as a test wants, on a clock of its own. */
final class DelayChooserTest {

  private static final long SEED = 11;
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long UTTERANCE_EVERY = 3 * SECOND;
  private static final long STEP = 107_000;

  private final Random random = new Random(SEED);
  private final DelayChooser chooser =
      new DelayChooser(PlayoutDelay.between(Duration.ofSeconds(4), Duration.ofSeconds(15)));
  private long airMicros;
  private long heardMicros;

  @Test
  void steadyLag_settlesAtWhatNineOfTenNeedAndASecond() {
    run(9 * MINUTE, at -> 3 + spread());
    assertThat(seconds()).as("not shortened before it has held").isEqualTo(6);

    run(11 * MINUTE, at -> 3 + spread());
    // Evenly spread over 2 to 4 s, nine of ten are below 3.8 s, and the most of ten minutes is a
    // little above.
    assertThat(seconds()).as("seed %d", SEED).isBetween(4.7, 5.1);

    double settled = seconds();
    run(20 * MINUTE, at -> 3 + spread());
    assertThat(seconds()).as("seed %d", SEED).isBetween(settled - 0.15, settled + 0.15);
  }

  @Test
  void growingLag_isFollowed() {
    for (int minute = 0; minute < 30; minute++) {
      run(MINUTE, at -> 3 + 0.2 * at / MINUTE + spread());
      double lag = 3 + 0.2 * airMicros / MINUTE;
      assertThat(seconds()).as("minute %d, seed %d", minute, SEED).isGreaterThan(lag + 1.2);
    }
    assertThat(seconds()).isBetween(10.2, 11.2);
  }

  @Test
  void lagGrowingByASecondAMinute_isFollowedToTheCeiling() {
    run(8 * MINUTE, at -> 3 + at / (double) MINUTE + spread());
    assertThat(seconds()).isGreaterThan(11 + 0.8);

    run(12 * MINUTE, at -> 3 + at / (double) MINUTE + spread());
    assertThat(seconds()).isEqualTo(15);
  }

  @Test
  void spike_doesNotMoveIt() {
    run(2 * MINUTE, at -> 3 + spread());
    run(9 * SECOND, at -> 12);
    run(5 * MINUTE, at -> 3 + spread());

    assertThat(seconds()).as("seed %d", SEED).isEqualTo(6);
  }

  @Test
  void lagThatWasLongForAMinute_isNotFollowedAnyFurther() {
    run(2 * MINUTE, at -> 3 + spread());
    run(MINUTE, at -> 12);
    run(20 * SECOND, at -> 3 + spread());
    double reached = seconds();
    assertThat(reached).isBetween(6.8, 7.6);

    run(5 * MINUTE, at -> 3 + spread());
    assertThat(seconds()).as("until it is out of the window").isBetween(reached, reached + 2.5);
    double settled = seconds();
    run(2 * MINUTE, at -> 3 + spread());
    assertThat(seconds()).isEqualTo(settled);
  }

  @Test
  void lagThatHasShrunk_isFollowedLateAndSlowly() {
    run(6 * MINUTE, at -> 9 + spread());
    double longest = seconds();
    assertThat(longest).isBetween(10.6, 11.2);

    run(9 * MINUTE, at -> 3 + spread());
    assertThat(seconds()).as("a session may lag as far again").isBetween(longest, longest + 0.2);

    run(4 * MINUTE, at -> 3 + spread());
    double before = seconds();
    run(MINUTE, at -> 3 + spread());
    assertThat(before - seconds()).as("1 % of a minute").isBetween(0.55, 0.65);
    run(20 * MINUTE, at -> 3 + spread());
    assertThat(seconds()).isBetween(4.7, 5.1);
  }

  @Test
  void lagThatGrowsAnewInEachSession_doesNotDragItUpAndDown() {
    run(20 * MINUTE, at -> 3 + at % (510 * SECOND) / (double) MINUTE + spread());
    double settled = seconds();
    for (int i = 0; i < 30; i++) {
      run(MINUTE, at -> 3 + at % (510 * SECOND) / (double) MINUTE + spread());
      assertThat(seconds()).as("minute %d", i).isBetween(settled - 0.3, settled + 0.6);
    }
  }

  @Test
  void shortLag_stopsAtTheFloor() {
    run(30 * MINUTE, at -> 0.1);

    assertThat(seconds()).isEqualTo(4);
  }

  @Test
  void silence_changesNothing() {
    run(5 * MINUTE, at -> 7 + spread());
    double before = seconds();
    run(60 * MINUTE, at -> Double.NaN);

    assertThat(seconds()).isEqualTo(before);
  }

  @Test
  void fixedDelay_staysWhateverComes() {
    DelayChooser fixed = new DelayChooser(PlayoutDelay.fixed(Duration.ofSeconds(6)));
    for (long at = 0; at < 30 * MINUTE; at += UTTERANCE_EVERY) {
      fixed.arrived(12 * SECOND, at);
      assertThat(fixed.choose(at)).isEqualTo(DelayRamp.constant(Duration.ofSeconds(6)));
    }
  }

  /**
   * Lets time go by, and sees that the delay never changes faster than it may.
   *
   * @param lagSeconds by source time; NaN where nobody speaks
   */
  private void run(long micros, LongToDoubleFunction lagSeconds) {
    long end = airMicros + micros;
    for (; airMicros < end; airMicros += STEP) {
      DelayRamp before = chooser.choose(airMicros);
      long nowMicros = airMicros + before.at(airMicros);
      while (heardMicros + UTTERANCE_EVERY <= nowMicros) {
        heardMicros += UTTERANCE_EVERY;
        double lag = lagSeconds.applyAsDouble(heardMicros);
        if (!Double.isNaN(lag)) {
          chooser.arrived((long) (lag * SECOND), heardMicros);
        }
      }
      DelayRamp after = chooser.choose(airMicros);
      assertThat(after.at(airMicros)).as("no jump").isEqualTo(before.at(airMicros));
      double slope = (after.at(airMicros + STEP) - after.at(airMicros)) / (double) STEP;
      assertThat(slope).isBetween(-DelayRamp.SHRINKAGE - 1e-4, DelayRamp.GROWTH + 1e-4);
    }
  }

  private double seconds() {
    return chooser.choose(airMicros).at(airMicros) / (double) SECOND;
  }

  /** From −1 to 1. */
  private double spread() {
    return 2 * random.nextDouble() - 1;
  }
}
