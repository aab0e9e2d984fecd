package dev.livedub.core.caption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaidSoundTest {

  private static final long SECOND = 1_000_000;
  private static final long PART = 50_000;

  private final LaidSound sound = new LaidSound();

  @Test
  void positionAt_withinWhatCame_followsItsPlaces() {
    lay(20 * SECOND, SECOND, true);
    lay(30 * SECOND, SECOND, true);

    assertThat(sound.positionAt(SECOND / 2)).hasValue(20 * SECOND + SECOND / 2);
    assertThat(sound.positionAt(SECOND)).hasValue(30 * SECOND);
    assertThat(sound.positionAt(2 * SECOND)).isEmpty();
    assertThat(sound.positionAt(-1)).isEmpty();
    assertThat(sound.offsetMicros()).isEqualTo(2 * SECOND);
  }

  @Test
  void onsetNear_afterSilence_isTheNearest() {
    lay(0, SECOND, true);
    lay(SECOND, SECOND, false);
    lay(2 * SECOND, SECOND, true);

    assertThat(sound.onsetNear(2 * SECOND - 300_000, 700_000, 0)).hasValue(2 * SECOND);
    assertThat(sound.onsetNear(2 * SECOND + 300_000, 700_000, 0)).hasValue(2 * SECOND);
    assertThat(sound.onsetNear(2 * SECOND + 300_000, 700_000, 2 * SECOND)).isEmpty();
    assertThat(sound.onsetNear(SECOND, 700_000, 0)).isEmpty();
    assertThat(sound.onsetNear(100_000, 700_000, -1)).hasValue(0);
  }

  @Test
  void onsetNear_breathInMidSpeech_isNone() {
    lay(0, SECOND, true);
    lay(SECOND, 100_000, false);
    lay(SECOND + 100_000, SECOND, true);

    assertThat(sound.onsetNear(SECOND, SECOND / 2, 0)).isEmpty();
  }

  @Test
  void onsetNear_voiceThatBeginsSoftly_isOne() {
    lay(0, PART, false);
    lay(PART, SECOND, true);
    lay(5 * SECOND, PART, false);
    lay(5 * SECOND + PART, SECOND, true);

    assertThat(sound.onsetNear(0, SECOND / 2, -1)).hasValue(PART);
    assertThat(sound.onsetNear(SECOND, SECOND / 2, PART)).hasValue(SECOND + 2 * PART);
  }

  @Test
  void onsetNear_stepOfTheTimeline_isOne() {
    lay(0, SECOND, true);
    lay(5 * SECOND, SECOND, true);

    assertThat(sound.onsetNear(SECOND, SECOND / 2, 0)).hasValue(SECOND);
  }

  @Test
  void audibleEnd_speechThatGoesOn_isTheLimitOrItsEnd() {
    lay(10 * SECOND, 3 * SECOND, true);
    lay(13 * SECOND, SECOND, false);
    lay(14 * SECOND, SECOND, true);

    assertThat(sound.audibleEnd(0, SECOND, 2 * SECOND)).hasValue(12 * SECOND);
    assertThat(sound.audibleEnd(0, 3 * SECOND, 4 * SECOND)).hasValue(13 * SECOND);
    assertThat(sound.audibleEnd(0, 3 * SECOND, 5 * SECOND)).hasValue(13 * SECOND);
    assertThat(sound.audibleEnd(3 * SECOND, 4 * SECOND, 4 * SECOND)).isEmpty();
  }

  @Test
  void add_moreThanIsRemembered_forgetsTheOldest() {
    for (int i = 0; i < 2 * LaidSound.CAPACITY; i++) {
      lay(i * SECOND, SECOND, i % 2 == 0);
    }
    long offset = sound.offsetMicros();

    assertThat(sound.positionAt(0)).isEmpty();
    assertThat(sound.positionAt(offset - 1)).hasValue(offset - 1);
    assertThat(sound.onsetNear(0, SECOND, -SECOND)).isEmpty();
  }

  /** Lays it as it comes, in parts. */
  private void lay(long positionMicros, long durationMicros, boolean audible) {
    for (long done = 0; done < durationMicros; done += PART) {
      sound.add(positionMicros + done, PART, audible);
    }
  }
}
