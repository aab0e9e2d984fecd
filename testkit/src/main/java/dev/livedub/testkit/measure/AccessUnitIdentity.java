package dev.livedub.testkit.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the access units that came out are those that went in. The output may begin later and end
 * earlier than the source; what lies between must be all there, once, in order.
 *
 * @param joinedAt index in the source of the first unit that came out; −1 if none did
 * @param matched units that came out as they went in, in or out of order
 * @param missing units of the source left out between the first and the last that came out
 * @param extra units that came out twice, or that never went in
 * @param changed units that came out with other bytes in the place of the source's
 * @param reordered units that came out later than one that follows them in the source
 * @param longestRun the most units in a row without any fault
 * @param outputSize units that came out
 */
public record AccessUnitIdentity(
    long joinedAt,
    int matched,
    int missing,
    int extra,
    int changed,
    int reordered,
    int longestRun,
    int outputSize) {

  /** Compares an output with a source that went in once. */
  public static AccessUnitIdentity compare(List<Long> source, List<Long> output) {
    return new Comparison(source, output, false).run();
  }

  /** Compares an output with a source that went in again and again. */
  public static AccessUnitIdentity compareLooped(List<Long> source, List<Long> output) {
    return new Comparison(source, output, true).run();
  }

  /** Whether something came out, and nothing is wrong with it. */
  public boolean isIdentical() {
    return matched > 0 && matched == outputSize && longestRun == outputSize;
  }

  @Override
  public String toString() {
    return (isIdentical() ? "identical: " : "NOT identical: ")
        + matched
        + " of "
        + outputSize
        + " units match, joined at source unit "
        + joinedAt
        + "; missing "
        + missing
        + ", extra "
        + extra
        + ", changed "
        + changed
        + ", reordered "
        + reordered
        + "; longest faultless run "
        + longestRun;
  }

  private static final class Comparison {
    private static final int ANCHOR_UNITS = 64;

    private final List<Long> source;
    private final List<Long> output;
    private final boolean looped;
    private final Map<Long, List<Integer>> places = new HashMap<>();
    private final Set<Long> skipped = new HashSet<>();
    private long joinedAt = -1;
    private long expected = -1;
    private int unknown;
    private int matched;
    private int extra;
    private int changed;
    private int reordered;
    private int run;
    private int longestRun;

    Comparison(List<Long> source, List<Long> output, boolean looped) {
      this.source = source;
      this.output = output;
      this.looped = looped;
      for (int i = 0; i < source.size(); i++) {
        places.computeIfAbsent(source.get(i), k -> new ArrayList<>()).add(i);
      }
    }

    AccessUnitIdentity run() {
      for (int i = 0; i < output.size(); i++) {
        List<Integer> found = places.get(output.get(i));
        if (found == null) {
          unknown++;
          run = 0;
        } else if (joinedAt < 0) {
          join(anchor(found, i));
        } else {
          place(nearest(found));
        }
      }
      long left = looped ? Long.MAX_VALUE : source.size() - expected;
      int replaced = joinedAt < 0 ? 0 : (int) Math.min(unknown, left);
      return new AccessUnitIdentity(
          joinedAt,
          matched,
          skipped.size(),
          extra + unknown - replaced,
          changed + replaced,
          reordered,
          longestRun,
          output.size());
    }

    private void join(long index) {
      joinedAt = index;
      extra += unknown;
      unknown = 0;
      hit(index);
    }

    private void place(long index) {
      if (index < expected) {
        run = 0;
        if (skipped.remove(index)) {
          reordered++;
          matched++;
        } else {
          extra++;
        }
        return;
      }
      long gap = index - expected;
      int replaced = (int) Math.min(gap, unknown);
      changed += replaced;
      extra += unknown - replaced;
      unknown = 0;
      for (long lost = expected + replaced; lost < index; lost++) {
        skipped.add(lost);
      }
      if (gap > 0) {
        run = 0;
      }
      hit(index);
    }

    private void hit(long index) {
      matched++;
      run++;
      longestRun = Math.max(longestRun, run);
      expected = index + 1;
    }

    /** Of equal units, the one from which most of what follows matches. */
    private long anchor(List<Integer> found, int from) {
      int best = found.get(0);
      int bestScore = -1;
      for (int candidate : found) {
        int score = 0;
        for (int k = 0; k < ANCHOR_UNITS && from + k < output.size(); k++) {
          int at = looped ? (candidate + k) % source.size() : candidate + k;
          if (at < source.size() && source.get(at).equals(output.get(from + k))) {
            score++;
          }
        }
        if (score > bestScore) {
          bestScore = score;
          best = candidate;
        }
      }
      return best;
    }

    /** Of equal units, the expected one, or one left out before, or else the nearest. */
    private long nearest(List<Integer> found) {
      long best = 0;
      long bestCost = Long.MAX_VALUE;
      for (int candidate : found) {
        for (long index : turns(candidate)) {
          long cost = index >= expected ? index - expected : expected - index;
          cost = 2 * cost + (index >= expected || skipped.contains(index) ? 0 : 1);
          if (cost < bestCost) {
            bestCost = cost;
            best = index;
          }
        }
      }
      return best;
    }

    private long[] turns(int candidate) {
      if (!looped) {
        return new long[] {candidate};
      }
      int size = source.size();
      long forward = expected + Math.floorMod(candidate - expected, (long) size);
      return new long[] {forward, forward - size};
    }
  }
}
