package dev.livedub.core.slot;

/**
 * How many slots went on air, by status.
 *
 * @param inFlight slots whose sound was sent and which are not yet on air
 */
public record SlotCounts(long dubbed, long bed, long fallback, long inFlight) {

  /** No slot yet. */
  public static final SlotCounts ZERO = new SlotCounts(0, 0, 0, 0);

  /** Slots that have been on air. */
  public long onAir() {
    return dubbed + bed + fallback;
  }
}
