package dev.livedub.core.background;

/**
 * Where the voice lies between left and right: what part of it the sides hold, by least squares
 * over the last seconds of voice.
 *
 * <p>In {@code S = p·V + B} with a background that has nothing to do with the voice, {@code p} is
 * the sum of {@code S·V} over that of {@code V·V}.
 *
 * <p><b>Threading:</b> one thread.
 */
final class VoicePosition {

  /** A frame's weight falls to a third over so many frames with voice: 3 s. */
  private static final float MEMORY_FRAMES = 280;

  /** Voices further out than 3:1 are not looked for. */
  private static final float FURTHEST = 0.5f;

  private static final float VOICE_IS_LIKELY = 0.5f;

  private float together;
  private float alone;

  /**
   * Notes a frame.
   *
   * @param sidesTimesVoice the product of sides and voice, over all bins
   * @param centreTimesVoice the product of centre and voice
   * @param voiceLikelihood how likely there is a voice
   */
  void hear(float sidesTimesVoice, float centreTimesVoice, float voiceLikelihood) {
    if (voiceLikelihood > VOICE_IS_LIKELY) {
      together += (sidesTimesVoice - together) / MEMORY_FRAMES;
      alone += (centreTimesVoice - alone) / MEMORY_FRAMES;
    }
  }

  /** Sides' part of the voice over the centre's: 0 in the middle, positive to the left. */
  float ofSides() {
    float place = alone > 0 ? together / alone : 0;
    return Math.max(-FURTHEST, Math.min(FURTHEST, place));
  }
}
