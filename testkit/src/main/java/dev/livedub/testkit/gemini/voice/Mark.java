package dev.livedub.testkit.gemini.voice;

/**
 * A syllable that was heard.
 *
 * @param number what it says
 * @param startMicros its onset in the sound listened to
 * @param endMicros its end
 * @param levelDbfs RMS of its voice
 */
public record Mark(int number, long startMicros, long endMicros, double levelDbfs) {

  /** When the half second that the number stands for begins in the source. */
  public long sourceMicros() {
    return number * 1_000L * MarkedSpeech.BLOCK_MILLIS;
  }

  /** Onset here minus onset in the source, if what was listened to began with the source. */
  public long lagMicros() {
    return startMicros - sourceMicros();
  }

  /** Whether it stands for speech that bore no mark. */
  public boolean isUnmarked() {
    return number >= MarkedSpeech.FIRST_UNMARKED;
  }
}
