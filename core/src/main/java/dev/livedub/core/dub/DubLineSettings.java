package dev.livedub.core.dub;

import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.PlayoutDelay;
import java.time.Duration;

/**
 * How a {@link DubLine} dubs.
 *
 * @param slot length of a slot
 * @param fallback what is heard where speech has no translation
 * @param duckDb gain of the original under a dub, in dB, at most 0
 * @param delay playout delay: how far what is fed runs ahead of what is rendered
 */
public record DubLineSettings(
    Duration slot, FallbackMode fallback, double duckDb, PlayoutDelay delay) {

  public DubLineSettings {
    if (!(duckDb <= 0)) {
      throw new IllegalArgumentException("duckDb " + duckDb + ", at most 0");
    }
    if (slot.isNegative() || slot.isZero()) {
      throw new IllegalArgumentException("slot " + slot);
    }
  }
}
