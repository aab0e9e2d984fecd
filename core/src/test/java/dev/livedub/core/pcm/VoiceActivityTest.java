package dev.livedub.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceActivityTest {

  private final Random random = new Random(23);

  @ParameterizedTest
  @CsvSource({"16000, 8000", "16000, 250", "24000, 20000", "24000, 200"})
  void isActive_wordsAndPauses_areToldApartAtAnyLevelAndRate(int rateHz, double peak) {
    int part = rateHz / 50;
    for (VoiceActivity activity :
        new VoiceActivity[] {VoiceActivity.amongOthers(), VoiceActivity.alone()}) {
      for (int word = 0; word < 20; word++) {
        assertActive(activity, part, 30, peak, true);
        assertActive(activity, part, 20, 3, false);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 8})
  void isActive_voiceOverMusic_isWhatRisesAboveIt(double music) {
    VoiceActivity activity = VoiceActivity.amongOthers();
    for (int i = 0; i < VoiceActivity.FLOOR_PARTS; i++) {
      activity.isActive(noise(320, 400 * music), 0, 320);
    }
    for (int word = 0; word < 20; word++) {
      assertActive(activity, 320, 20, 400 * music * 4, true);
      assertActive(activity, 320, 20, 400 * music, false);
    }
  }

  @Test
  void isActive_backgroundThatSwellsFarBelowTheVoice_isNone() {
    VoiceActivity activity = VoiceActivity.amongOthers();
    for (int i = 0; i < VoiceActivity.FLOOR_PARTS; i++) {
      activity.isActive(noise(320, 150), 0, 320);
    }
    for (int word = 0; word < 20; word++) {
      assertActive(activity, 320, 40, 8_000, true);
      for (int peak = 150; peak <= 500; peak += 50) {
        assertActive(activity, 320, 5, peak, false);
      }
    }
  }

  @Test
  void isActive_quietSpeakerAfterALoudOne_isHeard() {
    VoiceActivity activity = VoiceActivity.amongOthers();
    assertActive(activity, 320, 50, 16_000, true);
    assertActive(activity, 320, 20, 40, false);
    assertActive(activity, 320, 50, 1_600, true);
  }

  @Test
  void isActive_aloneWithoutAPauseForAMinute_staysActive() {
    VoiceActivity activity = VoiceActivity.alone();
    assertActive(activity, 480, 3_000, 5_000, true);
    assertActive(activity, 480, 20, 3, false);
  }

  /** All parts but the first two after a change. */
  private void assertActive(
      VoiceActivity activity, int part, int parts, double peak, boolean expected) {
    for (int i = 0; i < parts; i++) {
      boolean active = activity.isActive(noise(part, peak), 0, part);
      if (i >= 2) {
        assertThat(active)
            .as("part %d of %d at a peak of %.0f", i, parts, peak)
            .isEqualTo(expected);
      }
    }
  }

  private short[] noise(int samples, double peak) {
    short[] sound = new short[samples];
    for (int n = 0; n < samples; n++) {
      sound[n] = (short) ((random.nextDouble() * 2 - 1) * peak);
    }
    return sound;
  }
}
