package dev.livedub.core.background;

/**
 * Takes the voice out of original sound that goes on air under a dub.
 *
 * <p>For each piece: {@link #hear} it and what follows, then {@link #tell} the voice in it if it is
 * wanted. While it is not wanted it costs next to nothing, and no warm-up is missed later: the last
 * half second is kept.
 *
 * <p>It watches itself. If, while somebody speaks, hardly anything goes with the voice, or if much
 * goes while nobody does, it {@linkplain #works works} no more, and the caller ducks instead; it
 * goes on listening and says so when it works again.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class VoiceRemover {

  /** Frames of the original that are read beyond those whose voice is told: 53 ms. */
  public static final int LOOK_AHEAD = VoiceEstimate.LOOK_AHEAD;

  private final SeparationCheck check = new SeparationCheck();
  private final VoiceEstimate estimate = new VoiceEstimate(check);
  private float[] voice = new float[0];

  /**
   * Takes the next original sound; what was given before is skipped.
   *
   * @param firstSample where it lies on the output timeline
   * @param stereo interleaved
   * @param frames how many of it are known
   */
  public void hear(long firstSample, short[] stereo, int frames) {
    estimate.hear(firstSample, stereo, frames);
  }

  /**
   * Tells the voice in sound that was heard.
   *
   * @param firstSample where it begins: not before where the last one began
   * @param isSpeech whether somebody is known to speak there
   * @return interleaved, in 16-bit units; valid until the next call
   */
  public float[] tell(long firstSample, int frames, boolean isSpeech) {
    if (voice.length < 2 * frames) {
      voice = new float[2 * frames];
    }
    estimate.read(firstSample, voice, frames, isSpeech);
    return voice;
  }

  /** Says that the voice is not wanted for now. */
  public void rest() {
    estimate.rest();
  }

  /** Whether the voice is taken out, as far as is known. */
  public boolean works() {
    return check.works();
  }
}
