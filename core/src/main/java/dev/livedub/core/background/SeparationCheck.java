package dev.livedub.core.background;

import dev.livedub.core.time.Samples;

/**
 * Tells whether the voice is being taken out, and nothing else: where somebody speaks, much of the
 * sound must go, and where nobody does, hardly any.
 *
 * <p>If next to nothing goes from speech, the voice is not where it was looked for, or is drowned.
 * If much goes where nobody speaks, the background is taken for a voice, as a crowd may be. Either
 * way separation has failed. It works again once both are clearly better.
 *
 * <p><b>Threading:</b> one thread.
 */
final class SeparationCheck {

  /** Less than this taken out of speech is failure. */
  static final double FAILS_BELOW_DB = 1.5;

  /** More than this is success. */
  static final double WORKS_ABOVE_DB = 3;

  /** More than this taken out where nobody speaks is failure. */
  static final double FAILS_ABOVE_IN_PAUSES_DB = 4;

  /** Less than this is success. */
  static final double WORKS_BELOW_IN_PAUSES_DB = 2.5;

  /**
   * Memory, in frames with speech, or without: 4 s. A solo that is taken for a voice for a second
   * is no failure, nor is a speaker's breath.
   */
  static final int MEMORY_FRAMES = Samples.RATE_HZ * 4 / VoiceSpectrum.HOP;

  private final Removed speech = new Removed();
  private final Removed pauses = new Removed();
  private boolean works = true;

  /** What goes, over the last frames of a kind. */
  private static final class Removed {

    private double heard;
    private double kept;
    private int frames;

    void hear(double heardPower, double keptPower) {
      frames = Math.min(frames + 1, MEMORY_FRAMES);
      heard += (heardPower - heard) / frames;
      kept += (keptPower - kept) / frames;
    }

    boolean isKnown() {
      return frames == MEMORY_FRAMES && heard > 0;
    }

    double decibels() {
      return -10 * Math.log10(Math.max(kept / heard, 1e-9));
    }
  }

  /**
   * Notes a frame.
   *
   * @param heardPower of the sound
   * @param keptPower of what is left of it
   * @param isSpeech whether somebody is known to speak
   */
  void hear(double heardPower, double keptPower, boolean isSpeech) {
    (isSpeech ? speech : pauses).hear(heardPower, keptPower);
    boolean enough =
        !speech.isKnown() || speech.decibels() > (works ? FAILS_BELOW_DB : WORKS_ABOVE_DB);
    boolean little =
        !pauses.isKnown()
            || pauses.decibels() < (works ? FAILS_ABOVE_IN_PAUSES_DB : WORKS_BELOW_IN_PAUSES_DB);
    works = enough && little;
  }

  /** Whether the voice is taken out; true until enough was heard to tell otherwise. */
  boolean works() {
    return works;
  }
}
