package dev.livedub.core.background;

import dev.livedub.core.time.Samples;

/**
 * The voice in a stretch of original sound, sample by sample, as far as it can be told from the
 * rest: subtracted from the sound it leaves the background.
 *
 * <p>It costs next to nothing until {@link #read} asks for it. Then it goes half a second back to
 * hear how the sound came about, and goes on from there. It knows the voice in a sample once it has
 * {@link #LOOK_AHEAD} more of the sound.
 *
 * <p><b>Threading:</b> one thread.
 */
final class VoiceEstimate {

  /** Sound needed beyond a sample to know the voice in it, the sample included: 53 ms. */
  static final int LOOK_AHEAD = VoiceSpectrum.FRAME + VoiceSpectrum.HOP;

  /** Sound heard before the first sample asked for. */
  private static final int WARM_UP = Samples.RATE_HZ / 2;

  private static final int CAPACITY = 65_536;
  private static final int INDEX = CAPACITY - 1;

  /** The most that can be asked for at once. */
  static final int LONGEST = CAPACITY - WARM_UP - 2 * LOOK_AHEAD;

  private final VoiceSpectrum spectrum = new VoiceSpectrum();
  private final float[] mid = new float[CAPACITY];
  private final float[] side = new float[CAPACITY];
  private final float[] voiceMid = new float[CAPACITY];
  private final float[] voiceSide = new float[CAPACITY];
  private final float[] midFrame = new float[VoiceSpectrum.FRAME];
  private final float[] sideFrame = new float[VoiceSpectrum.FRAME];
  private final float[] voiceFrame = new float[VoiceSpectrum.FRAME];
  private final SeparationCheck check;

  private boolean begun;
  private boolean running;
  private long firstHeard;
  private long heardEnd;

  /** First sample of the next frame. All before it minus {@link VoiceSpectrum#HOP} is known. */
  private long nextFrame;

  /** Up to where the rings of voice have been cleared. */
  private long clearedEnd;

  /**
   * @param check is told how each frame came out
   */
  VoiceEstimate(SeparationCheck check) {
    this.check = check;
  }

  /**
   * Takes original sound; what was given before is skipped. After a gap it begins anew.
   *
   * @param firstSample where it lies
   * @param stereo interleaved, 16 bits
   */
  void hear(long firstSample, short[] stereo, int frames) {
    if (!begun || firstSample > heardEnd) {
      begun = true;
      running = false;
      firstHeard = firstSample;
      heardEnd = firstSample;
    }
    for (long sample = heardEnd; sample < firstSample + frames; sample++) {
      int frame = 2 * (int) (sample - firstSample);
      put(sample, stereo[frame], stereo[frame + 1]);
    }
    heardEnd = Math.max(heardEnd, firstSample + frames);
  }

  private void put(long sample, float left, float right) {
    mid[(int) sample & INDEX] = (left + right) / 2;
    side[(int) sample & INDEX] = (left - right) / 2;
  }

  /** Stops working until the next {@link #read}. */
  void rest() {
    running = false;
  }

  /**
   * Tells the voice in sound that was heard. What follows the sound heard so far counts as silence.
   *
   * @param firstSample from where on; not before the first sample asked for last
   * @param voice gets the voice, interleaved, from index 0 on, in 16-bit units
   * @param frames at most {@link #LONGEST}
   * @param isSpeech whether somebody is known to speak there
   */
  void read(long firstSample, float[] voice, int frames, boolean isSpeech) {
    if (!running) {
      start(firstSample);
    }
    long end = firstSample + frames;
    while (nextFrame - VoiceSpectrum.HOP < end) {
      takeFrame(isSpeech);
    }
    for (int i = 0; i < frames; i++) {
      int at = (int) (firstSample + i) & INDEX;
      voice[2 * i] = voiceMid[at] + voiceSide[at];
      voice[2 * i + 1] = voiceMid[at] - voiceSide[at];
    }
  }

  private void start(long firstSample) {
    running = true;
    spectrum.reset();
    long from = Math.max(firstHeard, firstSample - WARM_UP);
    // Frames that overlap the first sample must all be there: what was not heard is silence.
    from = Math.min(from, firstSample - LOOK_AHEAD);
    nextFrame = Math.floorDiv(from, (long) VoiceSpectrum.HOP) * VoiceSpectrum.HOP;
    for (long sample = nextFrame; sample < firstHeard; sample++) {
      put(sample, 0, 0);
    }
    clearedEnd = nextFrame;
    analyse(); // the first tells nothing yet
  }

  /** Takes the frame at {@code nextFrame}, and adds the voice of the one before. */
  private void takeFrame(boolean isSpeech) {
    long from = nextFrame - VoiceSpectrum.HOP;
    float place = analyse();
    check.hear(spectrum.heardPower(), spectrum.keptPower(), isSpeech);
    for (; clearedEnd < from + VoiceSpectrum.FRAME; clearedEnd++) {
      voiceMid[(int) clearedEnd & INDEX] = 0;
      voiceSide[(int) clearedEnd & INDEX] = 0;
    }
    for (int i = 0; i < VoiceSpectrum.FRAME; i++) {
      int at = (int) (from + i) & INDEX;
      voiceMid[at] += voiceFrame[i];
      voiceSide[at] += place * voiceFrame[i];
    }
  }

  /** Looks at the frame at {@code nextFrame}, and moves on; returns the place of the voice. */
  private float analyse() {
    for (long sample = heardEnd; sample < nextFrame + VoiceSpectrum.FRAME; sample++) {
      put(sample, 0, 0);
    }
    copy(mid, nextFrame, midFrame);
    copy(side, nextFrame, sideFrame);
    nextFrame += VoiceSpectrum.HOP;
    return spectrum.next(midFrame, sideFrame, voiceFrame);
  }

  private static void copy(float[] ring, long from, float[] to) {
    int at = (int) from & INDEX;
    int head = Math.min(to.length, CAPACITY - at);
    System.arraycopy(ring, at, to, 0, head);
    System.arraycopy(ring, 0, to, head, to.length - head);
  }
}
