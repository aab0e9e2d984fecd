package dev.livedub.gemini.guard;

import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges one session's output as it comes: is this a voice that says the translation, or something
 * that must not go on air?
 *
 * <p>That nothing audible comes at all is not judged here; whether something should have come
 * depends on what was sent.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class OutputGuard {

  private final SteadyToneTest tone = new SteadyToneTest();
  private final ClippingTest clipping = new ClippingTest();
  private final RepeatTest repeat = new RepeatTest();
  private final LanguageTest language;
  private @Nullable OutputFault fault;

  /** A guard of one session that is to speak this language. */
  public OutputGuard(String targetLanguageTag) {
    language = new LanguageTest(targetLanguageTag);
  }

  /** Looks at 20 ms of output. */
  public void frame(short[] frame, double levelDbfs) {
    if (tone.fails(frame, levelDbfs)) {
      found(OutputFault.STUCK_TONE);
    }
    if (clipping.fails(frame)) {
      found(OutputFault.CLIPPING);
    }
    if (repeat.fails(levelDbfs)) {
      found(OutputFault.REPEATED_SENTENCE);
    }
  }

  /**
   * Looks at a fragment of transcript.
   *
   * @param tag language as detected, null when not said
   */
  public void text(Side side, String fragment, @Nullable String tag) {
    repeat.text(side, fragment);
    if (side == Side.TARGET && language.fails(fragment, tag)) {
      found(OutputFault.WRONG_LANGUAGE);
    }
  }

  /** The first fault found, if any. */
  public Optional<OutputFault> fault() {
    return Optional.ofNullable(fault);
  }

  private void found(OutputFault what) {
    if (fault == null) {
      fault = what;
    }
  }
}
