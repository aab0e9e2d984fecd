package dev.livedub.core.dub;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How fast a dub has to be said to fit in its room.
 *
 * <p>The room reaches to the next phrase that the source says after a pause. How much of the dub is
 * still to come is not known, only how long dubs usually are in lengths of their source. While the
 * source goes on without a pause, the dub is held where the source was when it said the same.
 *
 * <p><b>Threading:</b> one thread.
 */
final class TempoPlan {

  /** Faster than this a voice is not said. */
  static final double FASTEST = 1.25;

  /** Below this nothing is changed: it would not be worth a cut. */
  static final double LEAST = 1.03;

  /** From one piece of 250 ms to the next the tempo changes by no more. */
  static final double STEP = 0.08;

  /** A dub has so much more length than voice: stops and short pauses. */
  static final double LENGTH_OF_VOICE = 1.15;

  /** In speech without a pause, lag below this is left alone: 150 ms. */
  static final long TOLERATED_MICROS = 150_000;

  /** Lag beyond that is worked off in about so much time: 2 s. */
  static final double WORKED_OFF_IN_MICROS = 2_000_000;

  /** What is left of a dub that is longer than expected: 200 ms. */
  private static final long OVERTIME_MICROS = 200_000;

  /** A dub longer than expected by more than this part says the next phrase already. */
  private static final double MOST_OVERTIME = 0.15;

  private double tempo = 1;

  /** The tempo of what is said while nothing is to be changed. */
  double rest() {
    tempo = 1;
    return tempo;
  }

  /**
   * The tempo of the next piece.
   *
   * @param source from the phrase on that is being dubbed
   * @param ratio usual length of a dub in lengths of its source
   * @param saidMicros voice of the dub since that phrase
   * @param atMicros where the piece begins on the output timeline
   */
  double next(Optional<SourceView> source, double ratio, long saidMicros, long atMicros) {
    double wanted = source.map(view -> wanted(view, ratio, saidMicros, atMicros)).orElse(1.0);
    double bounded = wanted < LEAST ? 1 : Math.min(FASTEST, wanted);
    tempo = Math.max(tempo - STEP, Math.min(tempo + STEP, bounded));
    return tempo;
  }

  private static double wanted(SourceView view, double ratio, long saidMicros, long atMicros) {
    OptionalLong next = view.nextOnset();
    if (next.isPresent()) {
      long all = (long) (ratio * view.voicedBefore(view.breath()));
      if (saidMicros > all + MOST_OVERTIME * all + OVERTIME_MICROS) {
        return behind(view, ratio, saidMicros, atMicros);
      }
      double leftMicros = Math.max(OVERTIME_MICROS, LENGTH_OF_VOICE * (all - saidMicros));
      double roomMicros = next.getAsLong() - atMicros;
      return roomMicros <= 0 ? FASTEST : leftMicros / roomMicros;
    }
    return view.isOpen() ? behind(view, ratio, saidMicros, atMicros) : 1;
  }

  /** Works off by how much the dub is behind the source where that said the same. */
  private static double behind(SourceView view, double ratio, long saidMicros, long atMicros) {
    long lagMicros = atMicros - view.positionAfter((long) (saidMicros / ratio));
    return 1 + (lagMicros - TOLERATED_MICROS) / WORKED_OFF_IN_MICROS;
  }
}
