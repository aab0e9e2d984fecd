package dev.livedub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoundTallyTest {

  private final SoundTally tally = new SoundTally();

  @Test
  void add_ofSteadyFrames_countsNothingMissingOrLate() {
    for (int i = 0; i < 100; i++) {
      frame(i, 5);
    }
    assertThat(tally.counts()).isEqualTo(new SoundTally.Counts(100, 0, 0, 0));
  }

  @Test
  void add_afterAHole_countsTheFramesOfTheHole() {
    frame(0, 0);
    frame(1, 0);
    frame(4, 0);
    assertThat(tally.counts().missing()).isEqualTo(2);
  }

  @Test
  void add_ofAFrameLaterThanTheBuffer_countsItLate() {
    frame(0, 0);
    frame(1, 400);
    frame(2, 600);
    assertThat(tally.counts().late()).isEqualTo(1);
    assertThat(tally.counts().latestMillis()).isCloseTo(600, within(1.0));
  }

  // FLV's timestamps are whole milliseconds.
  private void frame(int index, double lateMillis) {
    long timestampMillis = Math.round(index * 1024 / 48.0);
    tally.add(timestampMillis, Math.round((timestampMillis + lateMillis) * 1e6));
  }
}
