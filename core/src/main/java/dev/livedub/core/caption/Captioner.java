package dev.livedub.core.caption;

import dev.livedub.core.translate.TranslatorEvent.Transcript;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;

/**
 * Makes captions of what a translator writes, timed to what is heard: the target side to the dub as
 * it was laid, the source side to the source speech.
 *
 * <p>Both work alike. When a fragment comes, so much sound of its side has come before; its words
 * are found a constant further on in that sound (the target's text leads its voice) or back (the
 * source's follows the speech). A sentence begins with the onset of speech next to there, and ends
 * where speech ends. It is handed on when that sound has come, or when it has not come for {@link
 * #PATIENCE_MICROS}; then it lies where the voice was expected.
 *
 * <p>Time is media time: that of the newest source sound.
 *
 * <p><b>Threading:</b> any thread; one short lock, held while the listener is told.
 */
public final class Captioner {

  /** Target text comes so much before its voice. */
  static final long TARGET_LEAD_MICROS = 500_000;

  /** Source text comes so much after its speech began. */
  static final long SOURCE_LAG_MICROS = 1_500_000;

  /** How far an onset of speech may be from where text alone puts it. */
  static final long ONSET_REACH_MICROS = 700_000;

  /** How long a sentence waits for its sound. */
  static final long PATIENCE_MICROS = 2_500_000;

  private final Object lock = new Object();
  private final CaptionSide source;
  private final CaptionSide target;
  private long nowMicros;

  /** Captions for one stream. */
  public Captioner(CaptionListener listener) {
    source = new CaptionSide(Side.SOURCE, -SOURCE_LAG_MICROS, listener);
    target = new CaptionSide(Side.TARGET, TARGET_LEAD_MICROS, listener);
  }

  /**
   * Takes a fragment of transcript.
   *
   * @param voiceMicros where on the output timeline translated voice that came now would be laid
   */
  public void write(Transcript fragment, long voiceMicros) {
    synchronized (lock) {
      if (fragment.side() == Side.SOURCE) {
        source.write(fragment, nowMicros, nowMicros);
      } else {
        target.write(fragment, voiceMicros, nowMicros);
      }
    }
  }

  /** Notes source sound, in the order in which it comes. */
  public void heardSource(long positionMicros, long durationMicros, boolean speech) {
    synchronized (lock) {
      source.sound().add(positionMicros, durationMicros, speech);
    }
  }

  /** Notes translated voice that was laid on the output timeline, in the order in which it came. */
  public void laidVoice(long positionMicros, long durationMicros, boolean audible) {
    synchronized (lock) {
      target.sound().add(positionMicros, durationMicros, audible);
    }
  }

  /** Notes how late it is, and hands on what can be. */
  public void advance(long toMicros) {
    synchronized (lock) {
      nowMicros = Math.max(nowMicros, toMicros);
      source.advance(nowMicros);
      target.advance(nowMicros);
    }
  }

  /** Says that what is written to the target side from now on is in another language. */
  public void changeTarget() {
    synchronized (lock) {
      target.endSentence();
    }
  }

  /** Hands on all there is. */
  public void finish() {
    synchronized (lock) {
      source.finish();
      target.finish();
    }
  }
}
