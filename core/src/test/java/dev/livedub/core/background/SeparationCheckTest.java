package dev.livedub.core.background;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeparationCheckTest {

  private static final int LONG = 10 * SeparationCheck.MEMORY_FRAMES;

  private final SeparationCheck check = new SeparationCheck();

  @Test
  void works_beforeAnySpeech_isTrue() {
    hear(LONG, 0, false);

    assertThat(check.works()).isTrue();
  }

  @Test
  void works_hardlyAnythingGoesFromSpeech_failsOnlyAfterEnoughOfIt() {
    hear(SeparationCheck.MEMORY_FRAMES - 1, 0.5, true);
    assertThat(check.works()).isTrue();

    hear(1, 0.5, true);
    assertThat(check.works()).isFalse();
  }

  @Test
  void works_betweenBothThresholds_staysAsItIs() {
    double betweenDb = (SeparationCheck.FAILS_BELOW_DB + SeparationCheck.WORKS_ABOVE_DB) / 2;

    hear(LONG, betweenDb, true);
    assertThat(check.works()).isTrue();

    hear(LONG, 0, true);
    hear(LONG, betweenDb, true);
    assertThat(check.works()).isFalse();

    hear(LONG, 12, true);
    assertThat(check.works()).isTrue();
  }

  @Test
  void works_muchGoesWhereNobodySpeaks_failsUntilLittleDoes() {
    hear(LONG, 12, true);
    hear(LONG, 6, false);
    assertThat(check.works()).isFalse();

    hear(LONG, 12, true);
    assertThat(check.works()).as("nothing new of pauses").isFalse();

    hear(LONG, 1, false);
    assertThat(check.works()).isTrue();
  }

  @Test
  void works_silence_changesNothing() {
    for (int i = 0; i < LONG; i++) {
      check.hear(0, 0, true);
    }

    assertThat(check.works()).isTrue();
  }

  private void hear(int frames, double removedDb, boolean isSpeech) {
    for (int i = 0; i < frames; i++) {
      check.hear(2, 2 * Math.pow(10, -removedDb / 10), isSpeech);
    }
  }
}
