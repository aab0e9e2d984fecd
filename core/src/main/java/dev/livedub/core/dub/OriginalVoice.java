package dev.livedub.core.dub;

import dev.livedub.core.background.VoiceRemover;
import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.mix.DubMixer;
import dev.livedub.core.slot.SlotLedger;
import org.jspecify.annotations.Nullable;

/**
 * The voice in the original of a stream, told to the mixer while a dub is on air, so that it is
 * taken out; where that does not work, or was not asked for, the mixer ducks.
 *
 * <p><b>Threading:</b> the one that plays out; {@link #isTakenOut} is for any.
 */
final class OriginalVoice {

  private final DubMixer mixer;
  private final SlotLedger ledger;
  private final DubListener listener;
  private final @Nullable VoiceRemover remover;

  /** Whether the listener has yet to hear how it stands. */
  private boolean silent;

  private volatile boolean takenOut;

  OriginalVoice(DubLineSettings settings, DubMixer mixer, SlotLedger ledger, DubListener listener) {
    this.mixer = mixer;
    this.ledger = ledger;
    this.listener = listener;
    this.remover = settings.separates() ? new VoiceRemover() : null;
    this.takenOut = remover != null;
    this.silent = settings.background() == BackgroundMode.SEPARATE;
  }

  /** Whether the voice is taken out under a dub. */
  boolean isTakenOut() {
    return takenOut;
  }

  /** How many frames beyond those that are mixed are made use of. */
  int lookAheadFrames() {
    return remover == null ? DubMixer.ORIGINAL_AHEAD : DubLineSettings.SEPARATION_AHEAD;
  }

  /**
   * Tells the mixer what it needs to know for the next piece.
   *
   * @param firstSample of the piece
   * @param stereo the original, not mixed yet
   * @param frames of the piece
   * @param knownFrames of the original
   * @param hasDub whether a dub may be heard in the piece
   */
  void tell(long firstSample, short[] stereo, int frames, int knownFrames, boolean hasDub) {
    VoiceRemover asked = remover;
    if (asked == null) {
      say(false);
      return;
    }
    asked.hear(firstSample, stereo, knownFrames);
    boolean speech = ledger.wantsTranslation(firstSample);
    boolean fallback = speech && mixer.fallbackIsBackground();
    float[] voice = null;
    if (hasDub || fallback || mixer.takesVoiceOut()) {
      voice = asked.tell(firstSample, frames + DubMixer.ORIGINAL_AHEAD, speech);
    } else {
      asked.rest();
    }
    say(asked.works());
    mixer.setVoice(voice, takenOut);
  }

  private void say(boolean nowTakenOut) {
    if (silent || nowTakenOut != takenOut) {
      silent = false;
      takenOut = nowTakenOut;
      listener.onBackground(nowTakenOut);
    }
  }
}
