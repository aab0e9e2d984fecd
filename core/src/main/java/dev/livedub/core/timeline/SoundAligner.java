package dev.livedub.core.timeline;

import dev.livedub.core.time.Samples;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns blocks of decoded sound with imprecise timestamps into one gapless run of samples.
 *
 * <p>Timestamps jitter (containers round them) and drift (a sound card's crystal is not the clock
 * that stamps packets). So blocks are simply strung together while their smoothed error is small; a
 * small lasting error is worked off by making blocks a few samples longer or shorter; a large one
 * is a real gap or overlap and is honoured at once.
 *
 * <p><b>Threading:</b> none; one owner.
 */
public final class SoundAligner {

  /** An error of a single block beyond this is a gap or an overlap: 60 ms. */
  static final int HARD_SAMPLES = 60 * Samples.RATE_HZ / 1000;

  /** A smoothed error beyond this is, too: 20 ms, the bound of A/V sync in steady state. */
  static final int HARD_SMOOTHED_SAMPLES = 20 * Samples.RATE_HZ / 1000;

  /** After an interruption, an error below this is left alone: 1 ms, what containers round to. */
  static final int EXACT_SAMPLES = Samples.RATE_HZ / 1000;

  /** A smoothed error below this is jitter and left alone: 4 ms. */
  static final int DEAD_BAND_SAMPLES = 4 * Samples.RATE_HZ / 1000;

  /** Weight of a block of 1,024 samples in the smoothed error: a time constant of about 0.7 s. */
  static final double SMOOTHING = 1.0 / 32;

  /** Most that a block is stretched or squeezed: 1 in 256, about 7 cents of pitch. */
  static final int MAX_STRETCH_DIVISOR = 256;

  /**
   * What to do with a block.
   *
   * @param firstSample where its first kept sample goes on the output timeline
   * @param skipFrames frames to drop from its beginning; all of them if nothing is to be kept
   * @param stretchFrames frames by which the kept part becomes longer, or shorter if negative
   * @param discontinuity the break this mends, if any
   */
  public record Plan(
      long firstSample, int skipFrames, int stretchFrames, Optional<Discontinuity> discontinuity) {}

  private OptionalLong nextSample = OptionalLong.empty();
  private double smoothedErrorSamples;
  private boolean interrupted;

  /** Frames that came twice and are still to be dropped, beyond the block just planned. */
  private long surplusFrames;

  /** Where the next block will be put if it has no timestamp; empty before the first. */
  public OptionalLong nextSample() {
    return nextSample;
  }

  /** How far sound lies after where its timestamps would have it, in samples, smoothed. */
  public double lagSamples() {
    return -smoothedErrorSamples;
  }

  /** Says that sound was interrupted: the next block with a timestamp is put exactly there. */
  public void interrupted() {
    interrupted = true;
    smoothedErrorSamples = 0;
  }

  /** Says that all that was planned since some point has been moved by so many samples. */
  public void moved(int bySamples) {
    nextSample =
        nextSample.isPresent() ? OptionalLong.of(nextSample.getAsLong() + bySamples) : nextSample;
  }

  /**
   * Plans one block.
   *
   * @param targetSample where its timestamp puts it; empty if it has none
   * @param frames its length
   * @param floorSample first sample that has not been on air yet; nothing is put before it
   */
  public Plan plan(OptionalLong targetSample, int frames, long floorSample) {
    long target = targetSample.orElse(nextSample.orElse(floorSample) - surplusFrames);
    long next = nextSample.orElse(target);
    long error = target - next;
    smoothedErrorSamples += (error - smoothedErrorSamples) * SMOOTHING;
    boolean realign =
        Math.abs(error) > HARD_SAMPLES
            || Math.abs(smoothedErrorSamples) > HARD_SMOOTHED_SAMPLES
            || ((interrupted || surplusFrames > 0) && Math.abs(error) > EXACT_SAMPLES);
    surplusFrames = 0;
    if (realign) {
      interrupted = false;
      smoothedErrorSamples = 0;
      return realigned(target, next, frames, floorSample);
    }
    interrupted &= targetSample.isEmpty();
    return placed(next, 0, frames, stretch(frames), floorSample, Optional.empty());
  }

  private Plan realigned(long target, long next, int frames, long floorSample) {
    if (target > next) {
      return placed(target, 0, frames, 0, floorSample, Optional.of(Discontinuity.GAP));
    }
    int skip = (int) Math.min(frames, next - target);
    surplusFrames = next - target - skip;
    return placed(next, skip, frames, 0, floorSample, Optional.of(Discontinuity.OVERLAP));
  }

  private Plan placed(
      long first, int skip, int frames, int stretch, long floor, Optional<Discontinuity> why) {
    if (first >= floor) {
      nextSample = OptionalLong.of(first + frames - skip + stretch);
      return new Plan(first, skip, skip == frames ? 0 : stretch, why);
    }
    int late = (int) Math.min(frames - skip, floor - first);
    // Sound from before the timeline's beginning is nothing that broke.
    Optional<Discontinuity> broken = floor > 0 ? Optional.of(Discontinuity.LATE) : Optional.empty();
    nextSample = OptionalLong.of(first + frames - skip);
    return new Plan(first + late, skip + late, 0, broken);
  }

  private int stretch(int frames) {
    if (Math.abs(smoothedErrorSamples) < DEAD_BAND_SAMPLES) {
      return 0;
    }
    int limit = Math.max(1, frames / MAX_STRETCH_DIVISOR);
    long wanted = Math.round(smoothedErrorSamples);
    return (int) Math.max(-limit, Math.min(limit, wanted));
  }
}
