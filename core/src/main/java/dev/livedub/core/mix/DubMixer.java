package dev.livedub.core.mix;

import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.pcm.Pcm16;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lays the dub over the original, in place.
 *
 * <p>While the dub is audible, from 50 ms before to 400 ms after, the original is ducked. Where
 * there is speech without translation it gets the fallback's gain; everywhere else it is played as
 * it is, and as long as nothing is mixed the samples are not touched at all. The true peak of a mix
 * is kept at −1 dBTP. Every change of gain is a ramp of 50 ms down, 400 ms up. The dub is known
 * ahead, so the original is down when it begins. Dub that is not to be heard is faded out and in
 * again within 50 ms.
 *
 * <p>Where the {@linkplain #setVoice voice} in the original is known, it is taken out where the
 * original would be ducked, by ramps as long as those of the duck, and the rest is played as it is.
 * {@link FallbackMode#BACKGROUND} is the original without its voice then; else it is the ducked
 * original, which is what is nearest.
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

  /** Frames of the original that {@link #mix} reads beyond those it mixes, if they are known. */
  public static final int ORIGINAL_AHEAD = TruePeakLimiter.ATTACK_BLOCKS * CONTROL_SAMPLES;

  /** What a peak between samples may be above them in what is only estimated: 1 dB. */
  private static final float BETWEEN_SAMPLES = 1.12f;

  private final FallbackMode fallback;
  private double duckDb;
  private double fallbackDb;
  private boolean dubHeard = true;
  private final GainRamp ramp = new GainRamp(ATTACK_MILLIS, RELEASE_MILLIS);

  /** Gain of the voice in the original. */
  private final GainRamp removalRamp = new GainRamp(ATTACK_MILLIS, RELEASE_MILLIS);

  private final GainRamp voiceRamp = new GainRamp(ATTACK_MILLIS, ATTACK_MILLIS);
  private final TruePeakLimiter limiter = new TruePeakLimiter();

  /** The mix of a piece, with what the limiter reads on both sides of it. */
  private float[] mixed = new float[2 * (2_048 + 2 * TruePeakMeter.REACH)];

  private int[] ends = new int[64];
  private boolean[] limits = new boolean[64];
  private final float[] aheadPeaks = new float[TruePeakLimiter.ATTACK_BLOCKS];
  private boolean followed;

  /** The voice in the original, frame for frame; null if it is not known. */
  private float @Nullable [] originalVoice;

  private boolean takesVoiceOut;
  private boolean fallbackIsBackground;

  /** How much of the voice in the original is taken out, 0 to 1. */
  private float removal;

  private float removalStep;
  private float removalAtControl;

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
    fallbackIsBackground = heard == FallbackMode.BACKGROUND;
    fallbackDb =
        switch (heard) {
          case ORIGINAL -> 0;
          case BACKGROUND, DUCKED_ORIGINAL -> duckDb;
          case SILENCE -> GainRamp.SILENCE_DB;
        };
  }

  /** Whether the fallback changes the sound at all, so that it matters where it applies. */
  public boolean fallbackIsHeard() {
    return fallbackDb != 0 || (fallbackIsBackground && takesVoiceOut);
  }

  /**
   * Says what the voice in the original is, for the pieces up to the next call.
   *
   * @param voice interleaved; index 0 belongs to frame 0 of the array that is mixed, and {@link
   *     #ORIGINAL_AHEAD} more frames than are mixed are read. Null where it is not known.
   * @param takesOut whether it is taken out where the original would be ducked
   */
  public void setVoice(float @Nullable [] voice, boolean takesOut) {
    originalVoice = voice;
    takesVoiceOut = takesOut;
  }

  /** Whether any of the voice in the original is taken out, so that it has to be known. */
  public boolean takesVoiceOut() {
    return !removalRamp.isUnity() || removal != 0 || removalAtControl != 0;
  }

  /** Whether the fallback is the original without its voice. */
  public boolean fallbackIsBackground() {
    return fallbackIsBackground;
  }

  /**
   * Mixes one piece; pieces follow each other.
   *
   * @param position sample of the first frame on the output timeline
   * @param stereo interleaved original, changed in place from {@code fromFrame} on
   * @param known how many frames of the original are known from {@code fromFrame} on, at least
   *     {@code frames}: of what follows, the limiter reads {@link #ORIGINAL_AHEAD}, if it is there
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
      int known,
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
      followed = false;
      return 0;
    }
    makeRoom(frames);
    int audible = 0;
    int done = 0;
    int blocks = 0;
    boolean limited = false;
    while (done < frames) {
      long at = position + done;
      if (at >= nextControl) {
        control(at, dub, dubFrom + done, voiced, untranslated);
      }
      int part = (int) Math.min(nextControl - at, frames - done);
      render(stereo, fromFrame + done, part, dub, dubFrom + done, voiced, done);
      audible += audibleNow ? part : 0;
      done += part;
      ends[blocks] = done;
      limits[blocks++] = audibleNow;
      limited |= audibleNow;
    }
    if (limited || !limiter.isIdle() || voiced) {
      limit(stereo, fromFrame, frames, known, dub, dubFrom, voiced, blocks);
    }
    emit(stereo, fromFrame, frames);
    return audible;
  }

  private void makeRoom(int frames) {
    if (mixed.length < 2 * (frames + 2 * TruePeakMeter.REACH)) {
      float[] larger = new float[2 * (frames + 2 * TruePeakMeter.REACH)];
      System.arraycopy(mixed, 0, larger, 0, 2 * TruePeakMeter.REACH);
      mixed = larger;
    }
    int blocks = frames / CONTROL_SAMPLES + 2;
    if (ends.length < blocks) {
      ends = new int[blocks];
      limits = new boolean[blocks];
    }
    if (!followed) {
      followed = true;
      Arrays.fill(mixed, 0, 2 * TruePeakMeter.REACH, 0);
    }
  }

  /** Limits the piece; what follows it is mixed as if no gain changed any more. */
  private void limit(
      short[] stereo,
      int fromFrame,
      int frames,
      int known,
      short[] dub,
      int dubFrom,
      boolean voiced,
      int blocks) {
    int first = TruePeakMeter.REACH;
    Arrays.fill(aheadPeaks, 0);
    for (int i = 0; i < ORIGINAL_AHEAD; i++) {
      float voice = voiced ? dub[dubFrom + frames + i] * voiceGain : 0;
      int frame = fromFrame + frames + i;
      float left = voice;
      float right = voice;
      if (frames + i < known) {
        left += original(stereo, 2 * frame);
        right += original(stereo, 2 * frame + 1);
      }
      if (i < TruePeakMeter.REACH) {
        mixed[2 * (first + frames + i)] = left;
        mixed[2 * (first + frames + i) + 1] = right;
      }
      if (Math.abs(voice) > AUDIBLE_PEAK) {
        float peak = Math.max(Math.abs(left), Math.abs(right)) * BETWEEN_SAMPLES;
        aheadPeaks[i / CONTROL_SAMPLES] = Math.max(aheadPeaks[i / CONTROL_SAMPLES], peak);
      }
    }
    limiter.apply(mixed, first, ends, limits, blocks, aheadPeaks);
  }

  /** Rounds the piece, and keeps its end for the limiter's look at the next one. */
  private void emit(short[] stereo, int fromFrame, int frames) {
    int first = 2 * TruePeakMeter.REACH;
    for (int i = 0; i < 2 * frames; i++) {
      stereo[2 * fromFrame + i] = Pcm16.of(mixed[first + i]);
    }
    System.arraycopy(mixed, 2 * frames, mixed, 0, first);
  }

  private boolean isIdle() {
    return ramp.isUnity() && gainStep == 0 && limiter.isIdle() && !takesVoiceOut();
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
      lower(duckDb, takesVoiceOut);
    } else {
      lower(untranslated ? fallbackDb : 0, untranslated && fallbackIsBackground && takesVoiceOut);
    }
    removal = removalAtControl;
    removalAtControl = 1 - removalRamp.advance();
    removalStep = (removalAtControl - removal) / (nextControl - at);
    gain = gainAtControl;
    gainAtControl = ramp.advance();
    gainStep = (gainAtControl - gain) / (nextControl - at);
  }

  /** Turns the original down, or takes its voice out and leaves its level. */
  private void lower(double gainDb, boolean withoutVoice) {
    ramp.aim(withoutVoice ? 0 : gainDb);
    removalRamp.aim(withoutVoice ? GainRamp.SILENCE_DB : 0);
  }

  private static boolean isAudible(short[] dub, int from, float atGain) {
    return Pcm16.peak(dub, from, from + CONTROL_SAMPLES) * atGain > AUDIBLE_PEAK;
  }

  private void render(
      short[] stereo,
      int fromFrame,
      int frames,
      short[] dub,
      int dubFrom,
      boolean voiced,
      int done) {
    int to = 2 * (TruePeakMeter.REACH + done);
    for (int i = 0; i < frames; i++) {
      gain += gainStep;
      removal += removalStep;
      voiceGain += voiceGainStep;
      float voice = voiced ? dub[dubFrom + i] * voiceGain : 0;
      mixed[to + 2 * i] = original(stereo, 2 * (fromFrame + i)) + voice;
      mixed[to + 2 * i + 1] = original(stereo, 2 * (fromFrame + i) + 1) + voice;
    }
  }

  /** What is heard of the original. */
  private float original(short[] stereo, int at) {
    float sample = stereo[at];
    float[] voice = originalVoice;
    return (voice == null ? sample : sample - removal * voice[at]) * gain;
  }
}
