package dev.livedub.core.dub;

import java.util.List;
import java.util.Optional;

/**
 * Tells which phrase of the source a phrase of the dub translates: in order, by when it came and by
 * how much was said before. What was said is not looked at.
 *
 * <p>When a phrase of the dub begins, each phrase of the source after the one last matched is a
 * candidate, and so is that the dub only goes on after a pause that the source has not. Two things
 * speak for a candidate: that it lies where the translator's estimate puts it, less the bias of
 * earlier estimates; and that the source said as much before it as the dub has said, in the lengths
 * the two usually have to each other. Each counts by its square in its usual spread, up to a limit,
 * so that a phrase that was never translated, or translated twice, disturbs the next only.
 *
 * <p><b>Threading:</b> none; its owner sees to that.
 */
final class PhraseMatcher {

  /** Estimates spread by so much until it is known better. */
  static final double FIRST_SPREAD_MICROS = 600_000;

  static final double LEAST_SPREAD_MICROS = 450_000;
  static final double MOST_SPREAD_MICROS = 900_000;

  /** The lengths of two translations of the same length differ by a tenth, and 0.15 s. */
  static final double LENGTH_SPREAD = 0.1;

  static final double LENGTH_SPREAD_MICROS = 150_000;

  /** Half a spread before a phrase has been said, a pause in the dub begins to be its end. */
  static final double END_BEGINS_SPREADS = 0.5;

  /** From there on, in so many spreads, going on becomes as unlikely as any first spread. */
  static final double END_SPREADS = 0.35;

  /** What a wrong place can count for, in squared spreads. */
  static final double MOST_PLACE_COST = 25;

  /**
   * A phrase that follows another one without a gap may have had to wait for it, so that it comes
   * later than it would: being late counts so much less then.
   */
  static final double QUEUED = 0.4;

  /** What a wrong length can count for. */
  static final double MOST_LENGTH_COST = 6;

  /** Above this nothing matches. */
  static final double MOST_COST = 16;

  /** After a long pause it is unlikely that the dub only goes on. */
  static final double GOES_ON_AFTER_GAP_COST = 2;

  /** It is unlikely that what was matched so short a while ago was not the phrase's translation. */
  static final double BEGINS_AGAIN_COST = 2;

  /** That is, less than this part of the phrase. */
  static final double BEGINS_AGAIN_WITHIN = 0.4;

  /** A pause that is as likely between phrases as within one: 200 ms. */
  static final double PAUSE_BETWEEN_MICROS = 200_000;

  /** A bias, or a ratio of lengths, follows each new match by this part. */
  private static final double FOLLOWS = 0.15;

  private static final double SHORTEST_RATIO = 0.6;
  private static final double LONGEST_RATIO = 1.8;

  /** Lengths below tell nothing of their ratio: 1 s. */
  private static final long LEAST_FOR_RATIO_MICROS = 1_000_000;

  private long matched = -1;
  private double biasMicros;
  private double spreadMicros = FIRST_SPREAD_MICROS;
  private double ratio = 1;
  private int matches;
  private int ratios;

  /** What a phrase of the dub is. */
  sealed interface Verdict {

    /** The translation of a phrase. */
    record Begins(Phrase phrase) implements Verdict {}

    /** What goes on after a pause. */
    record GoesOn() implements Verdict {}

    /** Nothing that could be told. */
    record Unknown() implements Verdict {}
  }

  /**
   * Matches a phrase of the dub.
   *
   * @param known the source's phrases
   * @param estimateMicros where the translator thinks its source lies
   * @param saidMicros voice of the dub since the last match
   * @param pauseMicros the pause in the dub before it, within an utterance
   * @param afterGap whether it begins an utterance
   */
  Verdict match(
      List<Phrase> known,
      long estimateMicros,
      long saidMicros,
      long pauseMicros,
      boolean afterGap) {
    Optional<SourceView> view = view(known);
    double goesOn =
        view.map(of -> goesOnCost(of, estimateMicros, saidMicros, afterGap)).orElse(MOST_COST);
    goesOn += afterGap ? GOES_ON_AFTER_GAP_COST : 0;
    double begins = afterGap ? 0 : beginsCost(pauseMicros);
    double least = MOST_COST;
    Phrase best = null;
    for (Phrase phrase : known) {
      if (phrase.number() >= matched) {
        double cost =
            placeCost(estimateMicros, phrase.onsetMicros(), afterGap)
                + (phrase.number() == matched
                    ? againCost(phrase, saidMicros)
                    : lengthCost(view, phrase, saidMicros))
                + begins;
        if (cost < least) {
          least = cost;
          best = phrase;
        }
      }
    }
    if (best == null || goesOn < least) {
      return goesOn < MOST_COST ? new Verdict.GoesOn() : new Verdict.Unknown();
    }
    Phrase found = best;
    if (found.number() > matched) {
      if (afterGap || matches == 0) {
        learnPlace(found, estimateMicros);
      }
      view.ifPresent(of -> learnRatio(of, found, saidMicros));
    }
    matched = found.number();
    return new Verdict.Begins(found);
  }

  /** The source from the phrase on that was last matched; empty if none was, or it is forgotten. */
  Optional<SourceView> view(List<Phrase> known) {
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).number() == matched) {
        return Optional.of(new SourceView(known.subList(i, known.size())));
      }
    }
    return Optional.empty();
  }

  /** How long a dub usually is, in lengths of its source. */
  double ratio() {
    return ratio;
  }

  /** Where the source of an estimate usually lies. */
  long unbiased(long estimateMicros) {
    return estimateMicros - (long) biasMicros;
  }

  /** Estimates were begun anew: how wrong they were says nothing of how wrong they are. */
  void forgetBias() {
    biasMicros = 0;
    spreadMicros = FIRST_SPREAD_MICROS;
    matches = Math.min(1, matches);
  }

  /** Another translator speaks from now on: what was learnt of the one before means nothing. */
  void forget() {
    biasMicros = 0;
    spreadMicros = FIRST_SPREAD_MICROS;
    ratio = 1;
    matches = 0;
    ratios = 0;
  }

  /** What speaks against it that what was taken for a phrase was the end of the one before. */
  private double againCost(Phrase phrase, long saidMicros) {
    return saidMicros / ratio < BEGINS_AGAIN_WITHIN * phrase.voicedMicros()
        ? BEGINS_AGAIN_COST
        : MOST_COST;
  }

  private static double beginsCost(long pauseMicros) {
    return Math.max(-1, 1 - pauseMicros / PAUSE_BETWEEN_MICROS);
  }

  /** What speaks against it that the dub only goes on: that its phrase has been said. */
  private double goesOnCost(
      SourceView view, long estimateMicros, long saidMicros, boolean afterGap) {
    long heardMicros = (long) (saidMicros / ratio);
    double cost = placeCost(estimateMicros, view.positionAfter(heardMicros), afterGap);
    Phrase first = view.phrases().get(0);
    if (first.open()) {
      return cost;
    }
    double spread = lengthSpread(first.voicedMicros());
    double past =
        (heardMicros - first.voicedMicros() + END_BEGINS_SPREADS * spread) / (END_SPREADS * spread);
    return cost + Math.min(MOST_PLACE_COST, past <= 0 ? 0 : past * past);
  }

  private double placeCost(long estimateMicros, long placeMicros, boolean afterGap) {
    double off = (unbiased(estimateMicros) - placeMicros) / spreadMicros;
    off *= !afterGap && off > 0 ? QUEUED : 1;
    return Math.min(MOST_PLACE_COST, off * off);
  }

  private double lengthCost(Optional<SourceView> view, Phrase phrase, long saidMicros) {
    if (view.isEmpty()) {
      return 0;
    }
    int index = view.get().phrases().indexOf(phrase);
    return lengthCost(view.get().voicedBefore(index), (long) (saidMicros / ratio));
  }

  private static double lengthCost(long sourceMicros, long heardMicros) {
    double off = (sourceMicros - heardMicros) / lengthSpread(sourceMicros);
    return Math.min(MOST_LENGTH_COST, off * off);
  }

  private static double lengthSpread(long sourceMicros) {
    return LENGTH_SPREAD_MICROS + LENGTH_SPREAD * sourceMicros;
  }

  private void learnPlace(Phrase phrase, long estimateMicros) {
    matches++;
    double off = estimateMicros - phrase.onsetMicros() - biasMicros;
    double follows = Math.max(FOLLOWS, 1.0 / matches);
    biasMicros += follows * off;
    if (matches > 1) {
      // The spread of an even distribution is 1.15 times its mean deviation, of a normal 1.25.
      double deviation = spreadMicros / 1.2 + FOLLOWS * (Math.abs(off) - spreadMicros / 1.2);
      spreadMicros = Math.max(LEAST_SPREAD_MICROS, Math.min(MOST_SPREAD_MICROS, 1.2 * deviation));
    }
  }

  private void learnRatio(SourceView view, Phrase phrase, long saidMicros) {
    long sourceMicros = view.voicedBefore(view.phrases().indexOf(phrase));
    if (sourceMicros < LEAST_FOR_RATIO_MICROS || saidMicros < LEAST_FOR_RATIO_MICROS) {
      return;
    }
    double seen = (double) saidMicros / sourceMicros;
    if (seen >= SHORTEST_RATIO && seen <= LONGEST_RATIO) {
      ratios++;
      double follows = Math.max(FOLLOWS, 1.0 / (ratios + 0.5));
      ratio *= Math.pow(seen / ratio, follows);
    }
  }
}
