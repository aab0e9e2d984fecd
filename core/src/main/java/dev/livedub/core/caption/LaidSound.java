package dev.livedub.core.caption;

import java.util.OptionalLong;

/**
 * Where sound lies on the output timeline, found by how much of it had come before.
 *
 * <p>Sound is counted as it comes, in µs from the beginning, silence included; that count is its
 * <em>offset</em>. It does not depend on when it came, so a burst does not disturb it. Stretches of
 * sound are remembered, the oldest forgotten.
 *
 * <p><b>Threading:</b> none; its owner locks.
 */
final class LaidSound {

  /** Stretches remembered; they last minutes of speech. */
  static final int CAPACITY = 512;

  /** Silence shorter than this is part of speech. */
  static final long BREATH_MICROS = 150_000;

  /** A step between two pieces up to this is rounding. */
  private static final long JOIN_MICROS = 100;

  private final long[] offsets = new long[CAPACITY];
  private final long[] positions = new long[CAPACITY];
  private final long[] durations = new long[CAPACITY];
  private final boolean[] audible = new boolean[CAPACITY];
  private long count;
  private long offsetMicros;

  /** How much has come so far. */
  long offsetMicros() {
    return offsetMicros;
  }

  /** Adds the sound that came next. */
  void add(long positionMicros, long durationMicros, boolean isAudible) {
    int last = indexOf(count - 1);
    boolean goesOn =
        count > 0
            && audible[last] == isAudible
            && Math.abs(positions[last] + durations[last] - positionMicros) <= JOIN_MICROS;
    if (goesOn) {
      durations[last] += durationMicros;
    } else {
      int next = indexOf(count++);
      offsets[next] = offsetMicros;
      positions[next] = positionMicros;
      durations[next] = durationMicros;
      audible[next] = isAudible;
    }
    offsetMicros += durationMicros;
  }

  /** Where the sound at an offset lies; empty if it has not come, or is forgotten. */
  OptionalLong positionAt(long offset) {
    for (long i = count - 1; i >= oldest(); i--) {
      int index = indexOf(i);
      if (offsets[index] <= offset) {
        long within = offset - offsets[index];
        return within < durations[index]
            ? OptionalLong.of(positions[index] + within)
            : OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Offset of the onset of speech nearest to an offset, if there is one within {@code reach}.
   *
   * @param floorOffset it lies behind this
   */
  OptionalLong onsetNear(long offset, long reach, long floorOffset) {
    OptionalLong nearest = OptionalLong.empty();
    long distance = reach;
    for (long i = count - 1; i >= oldest(); i--) {
      long at = offsets[indexOf(i)];
      if (at > floorOffset && Math.abs(at - offset) <= distance && isOnset(i)) {
        distance = Math.abs(at - offset);
        nearest = OptionalLong.of(at);
      }
    }
    return nearest;
  }

  /**
   * Where speech ends on the timeline: the last that is audible from one offset to another, and
   * what goes on from there without a new onset, up to a limit. Empty if nothing is audible.
   */
  OptionalLong audibleEnd(long fromOffset, long toOffset, long limitOffset) {
    OptionalLong end = OptionalLong.empty();
    for (long i = oldest(); i < count && offsets[indexOf(i)] < limitOffset; i++) {
      int index = indexOf(i);
      if (offsets[index] >= toOffset && isOnset(i)) {
        return end;
      }
      long endOffset = Math.min(limitOffset, offsets[index] + durations[index]);
      if (audible[index] && endOffset > fromOffset) {
        end = OptionalLong.of(positions[index] + endOffset - offsets[index]);
      }
    }
    return end;
  }

  /** Audible, and what was audible before it ended a breath ago or more. */
  private boolean isOnset(long i) {
    int index = indexOf(i);
    if (!audible[index]) {
      return false;
    }
    for (long before = i - 1; before >= oldest(); before--) {
      int earlier = indexOf(before);
      if (audible[earlier]) {
        return positions[index] - positions[earlier] - durations[earlier] >= BREATH_MICROS;
      }
    }
    return oldest() == 0;
  }

  private long oldest() {
    return Math.max(0, count - CAPACITY);
  }

  private static int indexOf(long i) {
    return (int) Math.floorMod(i, (long) CAPACITY);
  }
}
