package dev.livedub.core.mix;

import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.pcm.Pcm16;

/**
 * Lays the dub over the original, in place.
 *
 * <p>While the dub is audible, from 50 ms before to 400 ms after, the original is ducked. Where
 * there is speech without translation it gets the fallback's gain; everywhere else it is played as
 * it is, and as long as nothing is mixed the samples are not touched at all. Every change of gain
 * is a ramp of 50 ms down, 400 ms up. The dub is known ahead, so the original is down when it
 * begins. Dub that is not to be heard is faded out and in again within 50 ms.
 *
 * <p>{@link FallbackMode#BACKGROUND} without a separator in front of it is the ducked original:
 * voice and background cannot be told apart here, and the ducked original is what is nearest.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class DubMixer {

  /** Gain changes are decided once in so many samples: 1 ms. */
  static final int CONTROL_SAMPLES = 48;

  /** Time to duck, which is also how far ahead the dub is looked at: 50 ms. */
  static final int ATTACK_MILLIS = 50;

  static final int RELEASE_MILLIS = 400;
  static final int HOLD_SAMPLES = 400 * CONTROL_SAMPLES;

  /** Dub with peaks above this is audible: −50 dBFS. */
  public static final int AUDIBLE_PEAK = 104;

  private static final int ATTACK_SAMPLES = ATTACK_MILLIS * CONTROL_SAMPLES;

  /** Samples of dub that {@link #mix} reads beyond those it mixes. */
  public static final int LOOK_AHEAD = ATTACK_SAMPLES + CONTROL_SAMPLES;

  private final FallbackMode fallback;
  private double duckDb;
  private double fallbackDb;
  private boolean dubHeard = true;
  private final GainRamp ramp = new GainRamp(ATTACK_MILLIS, RELEASE_MILLIS);
  private final GainRamp voiceRamp = new GainRamp(ATTACK_MILLIS, ATTACK_MILLIS);
  private final PeakLimiter limiter = new PeakLimiter();
  private final float[] mixed = new float[2 * CONTROL_SAMPLES];

  private float gain = 1;
  private float gainStep;
  private float gainAtControl = 1;
  private float voiceGain = 1;
  private float voiceGainStep;
  private float voiceGainAtControl = 1;
  private long nextControl = Long.MIN_VALUE;
  private long duckUntil = Long.MIN_VALUE;
  private boolean audibleNow;

  /**
   * @param duckDb gain of the original under a dub, at most 0
   */
  public DubMixer(double duckDb, FallbackMode fallback) {
    this.fallback = fallback;
    set(duckDb, true, true);
  }

  /**
   * Changes how it mixes from the next piece on, by ramps.
   *
   * @param newDuckDb gain of the original under a dub, at most 0
   * @param hearsDub whether the dub is heard; if not, nothing is ducked for it either
   * @param hearsFallback whether the fallback is heard where there is speech without translation,
   *     and not the original
   */
  public void set(double newDuckDb, boolean hearsDub, boolean hearsFallback) {
    duckDb = Math.max(newDuckDb, GainRamp.SILENCE_DB);
    dubHeard = hearsDub;
    voiceRamp.aim(hearsDub ? 0 : GainRamp.SILENCE_DB);
    FallbackMode heard = hearsFallback ? fallback : FallbackMode.ORIGINAL;
    fallbackDb =
        switch (heard) {
          case ORIGINAL -> 0;
          case BACKGROUND, DUCKED_ORIGINAL -> duckDb;
          case SILENCE -> GainRamp.SILENCE_DB;
        };
  }

  /** Whether the fallback changes the sound at all, so that it matters where it applies. */
  public boolean fallbackIsHeard() {
    return fallbackDb != 0;
  }

  /**
   * Mixes one piece; pieces follow each other.
   *
   * @param position sample of the first frame on the output timeline
   * @param stereo interleaved original, changed in place from {@code fromFrame} on
   * @param dub mono; {@code dub[dubFrom]} belongs to the first frame, and {@link #LOOK_AHEAD} more
   *     than {@code frames} are read; not read at all unless {@code hasDub}
   * @param untranslated whether there is speech here to which the fallback applies
   * @return how many of the frames held audible dub, to the millisecond
   */
  public int mix(
      long position,
      short[] stereo,
      int fromFrame,
      int frames,
      short[] dub,
      int dubFrom,
      boolean hasDub,
      boolean untranslated) {
    if (!hasDub) {
      voiceGainAtControl = voiceRamp.settle(); // there is nothing to fade
    }
    boolean voiced = hasDub && voiceRamp.isHeard();
    if (!voiced && isIdle() && !(untranslated && fallbackIsHeard())) {
      nextControl = Long.MIN_VALUE;
      return 0;
    }
    int audible = 0;
    int done = 0;
    while (done < frames) {
      long at = position + done;
      if (at >= nextControl) {
        control(at, dub, dubFrom + done, voiced, untranslated);
      }
      int part = (int) Math.min(nextControl - at, frames - done);
      render(stereo, fromFrame + done, part, dub, dubFrom + done, voiced);
      audible += audibleNow ? part : 0;
      done += part;
    }
    return audible;
  }

  private boolean isIdle() {
    return ramp.isUnity() && gainStep == 0 && limiter.isIdle();
  }

  private void control(long at, short[] dub, int dubFrom, boolean voiced, boolean untranslated) {
    nextControl = Math.floorDiv(at, (long) CONTROL_SAMPLES) * CONTROL_SAMPLES + CONTROL_SAMPLES;
    voiceGain = voiceGainAtControl;
    voiceGainAtControl = voiceRamp.advance();
    voiceGainStep = (voiceGainAtControl - voiceGain) / (nextControl - at);
    audibleNow = voiced && isAudible(dub, dubFrom, Math.max(voiceGain, voiceGainAtControl));
    if (!dubHeard) {
      duckUntil = at;
    } else if (audibleNow) {
      duckUntil = Math.max(duckUntil, nextControl + HOLD_SAMPLES);
    }
    if (dubHeard && voiced && isAudible(dub, dubFrom + ATTACK_SAMPLES, 1)) {
      duckUntil = Math.max(duckUntil, nextControl + ATTACK_SAMPLES + HOLD_SAMPLES);
    }
    if (at < duckUntil) {
      ramp.aim(duckDb);
    } else {
      ramp.aim(untranslated ? fallbackDb : 0);
    }
    gain = gainAtControl;
    gainAtControl = ramp.advance();
    gainStep = (gainAtControl - gain) / (nextControl - at);
  }

  private static boolean isAudible(short[] dub, int from, float atGain) {
    return Pcm16.peak(dub, from, from + CONTROL_SAMPLES) * atGain > AUDIBLE_PEAK;
  }

  private void render(
      short[] stereo, int fromFrame, int frames, short[] dub, int dubFrom, boolean voiced) {
    for (int i = 0; i < frames; i++) {
      gain += gainStep;
      voiceGain += voiceGainStep;
      float voice = voiced ? dub[dubFrom + i] * voiceGain : 0;
      mixed[2 * i] = stereo[2 * (fromFrame + i)] * gain + voice;
      mixed[2 * i + 1] = stereo[2 * (fromFrame + i) + 1] * gain + voice;
    }
    if (audibleNow || !limiter.isIdle()) {
      limiter.apply(mixed, 2 * frames);
    }
    for (int i = 0; i < 2 * frames; i++) {
      stereo[2 * fromFrame + i] = Pcm16.of(mixed[i]);
    }
  }
}
