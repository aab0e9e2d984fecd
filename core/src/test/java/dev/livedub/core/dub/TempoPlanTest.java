package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TempoPlanTest {

  private static final long SECOND = 1_000_000;

  /** 4 s of voice from 10 s on, the next phrase after {@code pauseMicros}. */
  private static Optional<SourceView> twoPhrases(long pauseMicros) {
    long nextMicros = 14 * SECOND + pauseMicros;
    return Optional.of(
        new SourceView(
            List.of(
                new Phrase(0, 10 * SECOND, 14 * SECOND, 4 * SECOND, -23, false),
                new Phrase(1, nextMicros, nextMicros + SECOND, SECOND, -23, true))));
  }

  private static double settled(Optional<SourceView> source, double ratio, long said, long at) {
    TempoPlan plan = new TempoPlan();
    double tempo = 1;
    for (int i = 0; i < 10; i++) {
      tempo = plan.next(source, ratio, said, at);
    }
    return tempo;
  }

  @Test
  void next_translationThatFits_isLeftAlone() {
    assertThat(settled(twoPhrases(SECOND), 1, 0, 10 * SECOND)).isEqualTo(1);
    assertThat(settled(twoPhrases(3 * SECOND), 1.4, 0, 10 * SECOND)).isEqualTo(1);
  }

  @Test
  void next_translationLongerThanItsRoom_isSaidFasterByAQuarterAtMost() {
    // 1.3 times 4 s of voice and its short pauses take 5.98 s; there are 5.2 s.
    assertThat(settled(twoPhrases(1_200_000), 1.3, 0, 10 * SECOND)).isCloseTo(1.15, within(0.01));
    assertThat(settled(twoPhrases(400_000), 1.6, 0, 10 * SECOND)).isEqualTo(TempoPlan.FASTEST);
  }

  @Test
  void next_everyPiece_changesTheTempoByAStepAtMost() {
    TempoPlan plan = new TempoPlan();
    Optional<SourceView> source = twoPhrases(400_000);
    assertThat(plan.next(source, 1.6, 0, 10 * SECOND)).isCloseTo(1.08, within(1e-9));
    assertThat(plan.next(source, 1.6, 0, 10 * SECOND)).isCloseTo(1.16, within(1e-9));
    assertThat(plan.rest()).isEqualTo(1);
  }

  @Test
  void next_sourceStillSpeaking_followsItsPlace() {
    Optional<SourceView> open =
        Optional.of(new SourceView(List.of(new Phrase(0, 0, 40 * SECOND, 40 * SECOND, -23, true))));
    assertThat(settled(open, 1, 20 * SECOND, 20 * SECOND)).isEqualTo(1);
    assertThat(settled(open, 1, 20 * SECOND, 20 * SECOND + 400_000)).isCloseTo(1.125, within(0.01));
    assertThat(settled(open, 1, 20 * SECOND, 22 * SECOND)).isEqualTo(TempoPlan.FASTEST);
  }

  @Test
  void next_dubThatSaysTheNextPhraseAlready_isHeldWhereTheSourceIs() {
    Optional<SourceView> source = twoPhrases(SECOND);
    assertThat(settled(source, 1, 4_300_000, 15_100_000)).isEqualTo(TempoPlan.FASTEST);
    assertThat(settled(source, 1, 5 * SECOND, 16 * SECOND)).isEqualTo(1);
  }

  @Test
  void next_nobodySpeaksAfterwards_orNothingIsKnown_isLeftAlone() {
    Optional<SourceView> closed =
        Optional.of(new SourceView(List.of(new Phrase(0, 0, SECOND, SECOND, -23, false))));
    assertThat(settled(closed, 1.6, 0, 3 * SECOND)).isEqualTo(1);
    assertThat(settled(Optional.empty(), 1.6, 0, 3 * SECOND)).isEqualTo(1);
  }
}
