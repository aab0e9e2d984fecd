package dev.livedub.core.timeline;

import dev.livedub.core.config.PlayoutDelay;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Chooses the playout delay within its range by how late translations come.
 *
 * <p>What is needed is what nine of ten utterances of the last two minutes took to come, and a
 * second: so that what comes late once in a while does not move it, and what comes in time has room
 * to be placed. The delay is made longer as soon as more is needed, and for as long as it is,
 * because a phrase that comes too late is late for good; it is made shorter only to what was needed
 * at most in the last ten minutes, so that a lag that grows anew in each of the translator's
 * sessions does not drag it up and down. Both go slowly ({@link DelayRamp}).
 *
 * <p><b>Threading:</b> any thread; one short lock.
 */
public final class DelayChooser {

  /** Of the utterances of the window, those that have to have come in time. */
  static final double FRACTION = 0.9;

  /**
   * What is needed beyond that: 1 s. A phrase is laid 0.2 s ahead of what is on air or not at all,
   * sound is rendered up to 0.1 s ahead, and a phrase is said faster only if it waits for 0.7 s.
   */
  static final long MARGIN_MICROS = 1_000_000;

  /** Fewer utterances tell nothing. */
  static final int LEAST_UTTERANCES = 4;

  /** The delay is not made longer for less than this: 0.1 s. */
  static final long LEAST_GROWTH_MICROS = 100_000;

  /** Nor shorter: 0.5 s. */
  static final long LEAST_SHRINKAGE_MICROS = 500_000;

  /** The window is this part of the hold: 2 min. */
  private static final int WINDOWS = 5;

  private static final long LOOK_MICROS = 1_000_000;

  /** An utterance, and the need that was found, and when in source time. */
  private record At(long micros, long tookMicros) {}

  private final PlayoutDelay range;
  private final long holdMicros;
  private final Deque<At> utterances = new ArrayDeque<>();
  private final Deque<At> needs = new ArrayDeque<>();
  private DelayRamp ramp;
  private long lookMicros = Long.MIN_VALUE;
  private long firstMicros = Long.MIN_VALUE;

  public DelayChooser(PlayoutDelay range) {
    this.range = range;
    this.holdMicros = micros(range.hold());
    this.ramp = DelayRamp.constant(range.first());
  }

  /**
   * An utterance came.
   *
   * @param tookMicros from when its source came in
   * @param nowMicros end of the source that has come in
   */
  public synchronized void arrived(long tookMicros, long nowMicros) {
    if (!range.isFixed()) {
      firstMicros = firstMicros == Long.MIN_VALUE ? nowMicros : firstMicros;
      utterances.addLast(new At(nowMicros, tookMicros));
      forget(utterances, nowMicros - holdMicros / WINDOWS);
    }
  }

  /**
   * The delay as it is to be from here on.
   *
   * @param airMicros output time up to which everything is on air, or rendered for it
   */
  public synchronized DelayRamp choose(long airMicros) {
    if (!range.isFixed() && airMicros - LOOK_MICROS >= lookMicros) {
      lookMicros = airMicros;
      look(airMicros);
    }
    return ramp;
  }

  private void look(long airMicros) {
    long nowMicros = airMicros + ramp.at(airMicros);
    forget(utterances, nowMicros - holdMicros / WINDOWS);
    if (utterances.size() < LEAST_UTTERANCES) {
      return;
    }
    long needMicros = needMicros();
    while (!needs.isEmpty() && needs.getLast().tookMicros() <= needMicros) {
      needs.removeLast();
    }
    needs.addLast(new At(nowMicros, needMicros));
    forget(needs, nowMicros - holdMicros);
    ramp = ramp.turnedAt(airMicros, clamp(target(needMicros, ramp.at(airMicros), nowMicros)));
  }

  private long target(long needMicros, long delayMicros, long nowMicros) {
    long targetMicros = ramp.targetMicros();
    if (needMicros >= delayMicros + LEAST_GROWTH_MICROS) {
      return needMicros;
    }
    if (targetMicros > delayMicros) { // no longer needed: it stays where it has come to
      return Math.max(needMicros, delayMicros);
    }
    if (targetMicros < delayMicros) { // needed again, perhaps
      return Math.max(targetMicros, Math.min(needMicros, delayMicros));
    }
    long mostMicros = needs.getFirst().tookMicros();
    boolean held = nowMicros - firstMicros >= holdMicros;
    return held && mostMicros <= delayMicros - LEAST_SHRINKAGE_MICROS ? mostMicros : targetMicros;
  }

  private long needMicros() {
    long[] took = utterances.stream().mapToLong(At::tookMicros).sorted().toArray();
    return took[(int) (FRACTION * (took.length - 1))] + MARGIN_MICROS;
  }

  private long clamp(long delayMicros) {
    return Math.max(micros(range.least()), Math.min(micros(range.most()), delayMicros));
  }

  private static void forget(Deque<At> list, long beforeMicros) {
    while (!list.isEmpty() && list.getFirst().micros() < beforeMicros) {
      list.removeFirst();
    }
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
