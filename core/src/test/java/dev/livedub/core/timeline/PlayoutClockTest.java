package dev.livedub.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets come every 40 ms, as their sender's clock has it. */
final class PlayoutClockTest {

  private static final long START_NANOS = 5_000_000_000L;
  private static final long PACKET_MICROS = 40_000;

  private final PlayoutClock clock = new PlayoutClock(Duration.ofSeconds(6));

  @Test
  void dueNanos_afterTheFirstPacket_isItsArrivalPlusTheDelay() {
    assertThat(clock.isAnchored()).isFalse();
    clock.observe(0, START_NANOS);

    assertThat(clock.isAnchored()).isTrue();
    assertThat(clock.dueNanos(0)).isEqualTo(START_NANOS + 6_000_000_000L);
    assertThat(clock.dueNanos(40_000)).isEqualTo(START_NANOS + 6_040_000_000L);
    assertThat(clock.liveMicros(START_NANOS + 7_000)).isEqualTo(7);
    assertThat(clock.liveMicros(START_NANOS - 1)).isEqualTo(-1);
  }

  @Test
  void follow_longerDelay_dueTimesSpreadWithoutAJump() {
    clock.observe(0, START_NANOS);
    long airMicros = 30_000_000;
    long before = clock.dueNanos(airMicros);
    clock.follow(
        DelayRamp.constant(Duration.ofSeconds(6)).turnedAt(airMicros, 7_000_000), airMicros);

    assertThat(clock.dueNanos(airMicros)).isEqualTo(before);
    assertThat(clock.dueNanos(airMicros + 1_000_000) - before).isEqualTo(1_020_000_000L);
    assertThat(clock.dueNanos(airMicros + 50_000_000) - before).isEqualTo(51_000_000_000L);
    assertThat(clock.dueNanos(airMicros + 60_000_000) - before).isEqualTo(61_000_000_000L);
    assertThat(clock.delayNanos()).isEqualTo(6_000_000_000L);
  }

  @Test
  void follow_shorterDelayHalfWay_goesOnFromThere() {
    clock.observe(0, START_NANOS);
    DelayRamp longer = DelayRamp.constant(Duration.ofSeconds(6)).turnedAt(0, 7_000_000);
    DelayRamp shorter = longer.turnedAt(25_000_000, 6_000_000);
    clock.follow(shorter, 25_000_000);

    assertThat(clock.delayNanos()).isEqualTo(6_500_000_000L);
    assertThat(clock.dueNanos(26_000_000) - clock.dueNanos(25_000_000)).isEqualTo(990_000_000L);
    assertThat(shorter.at(75_000_000)).isEqualTo(6_000_000);
    assertThat(shorter.at(99_000_000)).isEqualTo(6_000_000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {50, -50})
  void observe_drift_isFollowed(double partsPerMillion) {
    int packets = 10 * 60 * 25;
    long arrivalNanos = 0;
    for (int i = 0; i < packets; i++) {
      arrivalNanos = arrivalOf(i, partsPerMillion);
      clock.observe(i * PACKET_MICROS, arrivalNanos);
    }
    // 50 ppm over 10 min are 30 ms; what may remain is the drift over two windows of 10 s: 1 ms.
    double lagMillis = (arrivalNanos - onTime((packets - 1) * PACKET_MICROS)) / 1e6;
    assertThat(lagMillis).isCloseTo(0, within(1.1));
  }

  @Test
  void observe_jitter_isIgnored() {
    long seed = 42;
    Random random = new Random(seed);
    clock.observe(0, START_NANOS);
    for (int i = 1; i < 60 * 25; i++) {
      // One packet in four comes without delay, as on any network that is not full.
      long jitterNanos = i % 4 == 0 ? 0 : random.nextInt(80_000_000);
      clock.observe(i * PACKET_MICROS, arrivalOf(i, 0) + jitterNanos);
      assertThat(onTime(0)).as("packet %d, seed %d", i, seed).isEqualTo(START_NANOS);
    }
  }

  @Test
  void observe_packetEarlierThanAll_movesTheAnchorAtOnce() {
    clock.observe(0, START_NANOS);
    clock.observe(PACKET_MICROS, START_NANOS);

    assertThat(onTime(0)).isEqualTo(START_NANOS - PACKET_MICROS * 1_000);
  }

  @Test
  void observe_longerWayFromNowOn_isFollowedAtOnePercentAfterAWindow() {
    for (int i = 0; i < 10 * 25; i++) {
      clock.observe(i * PACKET_MICROS, arrivalOf(i, 0));
    }
    long beforeNanos = onTime(0);
    long lateNanos = 200_000_000;
    for (int i = 10 * 25; i < 20 * 25; i++) {
      clock.observe(i * PACKET_MICROS, arrivalOf(i, 0) + lateNanos);
    }
    assertThat(onTime(0)).as("within two windows").isEqualTo(beforeNanos);
    for (int i = 20 * 25; i < 60 * 25; i++) {
      long wasNanos = onTime(0);
      clock.observe(i * PACKET_MICROS, arrivalOf(i, 0) + lateNanos);
      assertThat(onTime(0) - wasNanos).isBetween(0L, PACKET_MICROS * 10);
    }
    assertThat(onTime(0)).isEqualTo(beforeNanos + lateNanos);
  }

  @Test
  void restart_pauseOfTheInput_keepsTheAnchorUntilPacketsTellOtherwise() {
    clock.observe(0, START_NANOS);
    long arrivalNanos = START_NANOS + 30_000_000_000L;
    clock.restart(29_900_000, arrivalNanos);

    assertThat(onTime(0)).as("output time goes on").isEqualTo(START_NANOS);
    clock.observe(29_940_000, arrivalNanos + 40_000_000);
    assertThat(onTime(0)).as("follows slowly, 1 %% of 40 ms").isEqualTo(START_NANOS + 400_000);
  }

  private long onTime(long outMicros) {
    return clock.dueNanos(outMicros) - clock.delayNanos();
  }

  private static long arrivalOf(int packet, double partsPerMillion) {
    return START_NANOS + Math.round(packet * PACKET_MICROS * 1_000 * (1 + partsPerMillion / 1e6));
  }
}
