package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.core.loudness.KWeighting;
import dev.livedub.core.loudness.Loudness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DubLevellerTest {

  private static final int PIECE = 6_000;
  private final DubLeveller leveller = new DubLeveller();
  private final KWeighting ear = new KWeighting(24_000);
  private int at;

  /** A quarter of a second of a voice; returns its loudness after levelling. */
  private double say(double peak) {
    short[] voice = new short[PIECE];
    for (int i = 0; i < PIECE; i++, at++) {
      voice[i] = (short) (peak * (Math.sin(0.05 * at) + 0.5 * Math.sin(0.21 * at)));
    }
    leveller.level(voice, PIECE);
    double sum = 0;
    for (short sample : voice) {
      double weighted = ear.next(sample);
      sum += weighted * weighted;
    }
    return Loudness.lufsInBoth(sum / PIECE);
  }

  private void phrase(double lufs, double peak, int pieces) {
    leveller.beginPhrase(lufs);
    for (int i = 0; i < pieces; i++) {
      assertThat(say(peak)).as("piece %d", i).isCloseTo(lufs, within(1.0));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {400, 1_500, 4_000})
  void level_anyVoice_isAsLoudAsItsSourceFromTheFirstPieceOn(double peak) {
    phrase(-23, peak, 16);
    phrase(-20, peak, 16);
  }

  @Test
  void level_nextSessionTenTimesAsLoud_isFollowedAtOnce() {
    phrase(-23, 500, 20);
    phrase(-23, 5_000, 20);
    phrase(-23, 500, 20);
  }

  @Test
  void level_sourceThatGetsLouderWithinAPhrase_changesNothingSuddenly() {
    leveller.beginPhrase(-23);
    double last = say(2_000);
    for (int i = 0; i < 20; i++) {
      double now = say(i < 10 ? 2_000 : 2_600);
      double itself = i == 10 ? 20 * Math.log10(1.3) : 0;
      assertThat(now - last - itself).isBetween(-1.0, 1.0);
      last = now;
    }
  }

  @Test
  void level_unknownSource_isLeftAlone() {
    leveller.beginPhrase(Double.NaN);
    say(2_000);
    assertThat(leveller.gainDb()).isZero();
  }

  @Test
  void level_hopelesslyQuiet_isRaisedByTwentyDecibelsAtMost() {
    leveller.beginPhrase(-20);
    for (int i = 0; i < 10; i++) {
      say(120);
    }
    assertThat(leveller.gainDb()).isCloseTo(DubLeveller.MOST_DB, within(1e-9));
  }
}
