package dev.livedub.core.dub;

import dev.livedub.core.background.VoiceRemover;
import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.mix.DubMixer;
import dev.livedub.core.time.Samples;
import java.time.Duration;

/**
 * How a {@link DubLine} dubs.
 *
 * @param slot length of a slot
 * @param fallback what is heard where speech has no translation
 * @param duckDb gain of the original under a dub, in dB, at most 0
 * @param background what becomes of the original under a dub
 * @param delay playout delay: how far what is fed runs ahead of what is rendered
 */
public record DubLineSettings(
    Duration slot,
    FallbackMode fallback,
    double duckDb,
    BackgroundMode background,
    PlayoutDelay delay) {

  /** Frames of the original that have to be known beyond those rendered to take its voice out. */
  public static final int SEPARATION_AHEAD = DubMixer.ORIGINAL_AHEAD + VoiceRemover.LOOK_AHEAD;

  public DubLineSettings {
    if (!(duckDb <= 0)) {
      throw new IllegalArgumentException("duckDb " + duckDb + ", at most 0");
    }
    if (slot.isNegative() || slot.isZero()) {
      throw new IllegalArgumentException("slot " + slot);
    }
  }

  /** Settings with which the original is ducked. */
  public DubLineSettings(Duration slot, FallbackMode fallback, double duckDb, PlayoutDelay delay) {
    this(slot, fallback, duckDb, BackgroundMode.DUCK, delay);
  }

  /** Whether the voice is to be taken out, and the playout delay leaves time to know it. */
  boolean separates() {
    long delaySamples = Samples.atMicros(delay.least().toNanos() / 1_000);
    return background == BackgroundMode.SEPARATE && delaySamples >= SEPARATION_AHEAD;
  }
}
