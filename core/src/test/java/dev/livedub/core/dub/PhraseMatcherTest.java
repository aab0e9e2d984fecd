package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.core.dub.PhraseMatcher.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhraseMatcherTest {

  private static final long SECOND = 1_000_000;
  private final PhraseMatcher matcher = new PhraseMatcher();

  /** Phrases of 3 s that begin at 0, 4, 8 … s. */
  private static List<Phrase> every4Seconds(int count) {
    List<Phrase> phrases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      phrases.add(
          new Phrase(i, 4 * i * SECOND, (4 * i + 3) * SECOND, 3 * SECOND, -23, i == count - 1));
    }
    return phrases;
  }

  private Verdict afterGap(int known, double estimateSeconds, double saidSeconds) {
    return matcher.match(
        every4Seconds(known),
        (long) (estimateSeconds * SECOND),
        (long) (saidSeconds * SECOND),
        0,
        true);
  }

  private static void assertBegins(Verdict verdict, int number) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Begins.class, begins -> assertThat(begins.phrase().number()).isEqualTo(number));
  }

  @Test
  void match_estimatesOffByASecondEitherWay_areMatchedInOrder() {
    double[] off = {0.3, -0.9, 1, -1, 0.8, 0.1, -0.7, 1};
    for (int i = 0; i < off.length; i++) {
      assertBegins(afterGap(i + 1, 4 * i + off[i], i == 0 ? 0 : 3), i);
    }
    assertThat(matcher.ratio()).isCloseTo(1, within(0.01));
  }

  @Test
  void match_estimatesThatDriftAway_areFollowed() {
    for (int i = 0; i < 60; i++) {
      assertBegins(afterGap(i + 1, 4 * i + 0.05 * i, i == 0 ? 0 : 3), i);
    }
    assertThat(matcher.unbiased(240 * SECOND)).isCloseTo(237 * SECOND, within(SECOND / 2));
  }

  @Test
  void forgetBias_estimatesBegunAnew_areMatchedWhereTheyLie() {
    for (int i = 0; i < 60; i++) {
      assertBegins(afterGap(i + 1, 4 * i + 0.1 * i, i == 0 ? 0 : 3), i);
    }
    assertThat(matcher.unbiased(0)).as("off by 6 s").isLessThan(-5 * SECOND);

    matcher.forgetBias();

    double[] off = {0.4, -0.8, 0.9, -0.2, 0.6};
    for (int i = 0; i < off.length; i++) {
      assertBegins(afterGap(61 + i, 4 * (60 + i) + off[i], 3), 60 + i);
    }
  }

  @Test
  void match_phraseThatWasNeverTranslated_isSkipped() {
    assertBegins(afterGap(1, 0, 0), 0);
    assertBegins(afterGap(3, 8.2, 3), 2);
    assertBegins(afterGap(4, 12.1, 3), 3);
  }

  @Test
  void match_longPauseWithinAPhrase_goesOn() {
    assertBegins(afterGap(1, 0, 0), 0);
    assertThat(afterGap(1, 1.6, 1.5)).isInstanceOf(Verdict.GoesOn.class);
    assertBegins(afterGap(2, 4.1, 3), 1);
  }

  @Test
  void match_twoPhrasesSaidInOneBreath_areToldApartByTheirLength() {
    assertBegins(afterGap(1, 0, 0), 0);
    List<Phrase> known = every4Seconds(3);
    assertThat(matcher.match(known, SECOND, SECOND, 200_000, false))
        .isInstanceOf(Verdict.GoesOn.class);
    assertBegins(matcher.match(known, 3 * SECOND, 3 * SECOND, 250_000, false), 1);
  }

  @Test
  void match_translationsThatAreLonger_areLearnt() {
    assertBegins(afterGap(1, 0, 0), 0);
    for (int i = 1; i < 10; i++) {
      assertBegins(afterGap(i + 1, 4 * i + 0.3, 3.9), i);
    }
    assertThat(matcher.ratio()).isCloseTo(1.3, within(0.02));
  }

  @Test
  void match_nothingThereabouts_isUnknown() {
    assertThat(afterGap(0, 3, 0)).isInstanceOf(Verdict.Unknown.class);
    assertThat(afterGap(1, 30, 0)).isInstanceOf(Verdict.Unknown.class);
  }
}
