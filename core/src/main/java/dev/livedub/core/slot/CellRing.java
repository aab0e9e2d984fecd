package dev.livedub.core.slot;

import java.util.Arrays;

/**
 * What is known of each 100 ms of source sound that is not yet off air, as flags in a ring.
 *
 * <p><b>Threading:</b> none; its owner locks.
 */
final class CellRing {

  /** Samples of a cell at the worker's rate: one chunk. */
  static final int SAMPLES = 4_800;

  static final int SPEECH = 1;
  static final int KEPT = 2;
  static final int SENT = 4;
  static final int OVERLOAD = 8;
  static final int IMPAIRED = 16;
  static final int MUTED = 32;

  private final byte[] flags;
  private boolean based;
  private long base;
  private long end;

  CellRing(int cells) {
    flags = new byte[cells];
  }

  static long cellOf(long sample) {
    return Math.floorDiv(sample, (long) SAMPLES);
  }

  /** First cell kept. */
  long base() {
    return base;
  }

  /** First cell after the last one marked. */
  long end() {
    return end;
  }

  /** Whether a cell can be marked: not off air, not further ahead than the ring is long. */
  boolean holds(long cell) {
    return !based || (cell >= base && cell < base + flags.length);
  }

  void mark(long cell, int flag) {
    if (!based) {
      forgetBefore(cell);
    }
    if (holds(cell)) {
      flags[slotOf(cell)] |= (byte) flag;
      end = Math.max(end, cell + 1);
    }
  }

  int flags(long cell) {
    return based && holds(cell) ? flags[slotOf(cell)] : 0;
  }

  boolean has(long cell, int flag) {
    return (flags(cell) & flag) != 0;
  }

  /** Moves on: cells before this one are off air. Never moves back. */
  void forgetBefore(long cell) {
    if (!based) {
      based = true;
      base = cell;
      end = cell;
      return;
    }
    if (cell - base >= flags.length) {
      Arrays.fill(flags, (byte) 0);
    } else {
      for (long gone = base; gone < cell; gone++) {
        flags[slotOf(gone)] = 0;
      }
    }
    base = Math.max(base, cell);
    end = Math.max(end, base);
  }

  private int slotOf(long cell) {
    return (int) Math.floorMod(cell, (long) flags.length);
  }
}
