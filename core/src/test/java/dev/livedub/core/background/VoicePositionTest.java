package dev.livedub.core.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VoicePositionTest {

  private final VoicePosition position = new VoicePosition();

  @Test
  void ofSides_nothingHeard_isTheMiddle() {
    assertThat(position.ofSides()).isZero();
  }

  @Test
  void ofSides_voiceALittleToTheLeft_isFoundFromItsFirstFrameOn() {
    position.hear(0.1f * 5, 5, 0.9f);

    assertThat(position.ofSides()).isCloseTo(0.1f, within(1e-4f));
  }

  @Test
  void ofSides_framesWithoutVoice_doNotCount() {
    position.hear(0.1f, 1, 0.9f);
    position.hear(-100, 1, 0.1f);

    assertThat(position.ofSides()).isCloseTo(0.1f, within(1e-4f));
  }

  @Test
  void ofSides_voiceThatMoves_isFollowedWithinSeconds() {
    for (int i = 0; i < 500; i++) {
      position.hear(0.2f, 1, 1);
    }
    for (int i = 0; i < 900; i++) {
      position.hear(-0.2f, 1, 1);
    }

    assertThat(position.ofSides()).isCloseTo(-0.2f, within(0.02f));
  }

  @Test
  void ofSides_voiceFarOut_isBounded() {
    position.hear(3, 1, 1);

    assertThat(position.ofSides()).isEqualTo(0.5f);
  }
}
