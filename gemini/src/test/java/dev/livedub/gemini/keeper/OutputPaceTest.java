package dev.livedub.gemini.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputPaceTest {

  private static final int PIECE = 6_000;

  private final OutputPace pace = new OutputPace();
  private double sent;

  /** A piece, after so many chunks of input. */
  private void piece(double chunks) {
    sent += chunks;
    pace.add(PIECE, Math.round(sent));
  }

  @Test
  void lateChunks_steadyOutput_isOnTimeWhateverTheClockSays() {
    for (double rate : new double[] {1, 1.03, 0.99}) {
      for (int i = 0; i < 200; i++) {
        piece(2.5 / rate);
        assertThat(pace.lateChunks()).as("rate %f", rate).isBetween(0L, 2L);
      }
    }
  }

  @Test
  void lateChunks_stallAndBurst_isLateUntilItHasCaughtUp() {
    for (int i = 0; i < 40; i++) {
      piece(2.5);
    }
    piece(22.5);
    assertThat(pace.lateChunks()).isBetween(19L, 21L);
    for (int i = 0; i < 4; i++) {
      piece(0);
    }
    assertThat(pace.lateChunks()).isBetween(9L, 11L);
    for (int i = 0; i < 4; i++) {
      piece(0);
    }
    assertThat(pace.lateChunks()).isBetween(0L, 1L);
  }

  @Test
  void lateChunks_outputThatWasLost_isForgottenAfterTheWindow() {
    for (int i = 0; i < 40; i++) {
      piece(2.5);
    }
    piece(22.5);
    for (int i = 0; i < OutputPace.WINDOW_PIECES; i++) {
      piece(2.5);
    }
    assertThat(pace.lateChunks()).isBetween(0L, 1L);
  }

  @Test
  void fromMiddleMicros_onset_isWhereItIsInThePiece() {
    piece(2.5);
    assertThat(pace.fromMiddleMicros(PIECE)).isEqualTo(-125_000);
    assertThat(pace.fromMiddleMicros(PIECE / 2)).isZero();
    assertThat(pace.fromMiddleMicros(0)).isEqualTo(125_000);
    assertThat(pace.fromMiddleMicros(2 * PIECE)).isEqualTo(-125_000);
  }
}
