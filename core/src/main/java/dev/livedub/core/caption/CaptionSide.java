package dev.livedub.core.caption;

import dev.livedub.core.translate.TranslatorEvent.Transcript;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * One side's captions: its sound, its sentences, and the two brought together.
 *
 * <p><b>Threading:</b> none; its owner locks.
 */
final class CaptionSide {

  /** No caption is shorter, and no two begin within less. */
  private static final long MIN_MICROS = 200_000;

  private final Side side;
  private final long leadMicros;
  private final CaptionListener listener;
  private final LaidSound sound = new LaidSound();
  private final Queue<Sentence> waiting = new ArrayDeque<>();
  private final SentenceCutter cutter = new SentenceCutter(waiting::add);
  private long endMicros;
  private long lastStartOffset = Long.MIN_VALUE / 2;

  /**
   * @param leadMicros how far in the sound the words of a fragment are ahead of it
   */
  CaptionSide(Side side, long leadMicros, CaptionListener listener) {
    this.side = side;
    this.leadMicros = leadMicros;
    this.listener = listener;
  }

  LaidSound sound() {
    return sound;
  }

  void write(Transcript fragment, long expectedMicros, long nowMicros) {
    cutter.add(
        fragment.text(), fragment.languageTag(), sound.offsetMicros(), expectedMicros, nowMicros);
  }

  void advance(long nowMicros) {
    cutter.advance(nowMicros);
    Sentence next = waiting.peek();
    while (next != null && isSettled(next, nowMicros)) {
      tellNext();
      next = waiting.peek();
    }
  }

  void endSentence() {
    cutter.finish();
  }

  void finish() {
    cutter.finish();
    while (!waiting.isEmpty()) {
      tellNext();
    }
  }

  private boolean isSettled(Sentence sentence, long nowMicros) {
    return sound.offsetMicros() >= sentence.toOffset() + leadMicros + Captioner.ONSET_REACH_MICROS
        || nowMicros >= sentence.cameMicros() + Captioner.PATIENCE_MICROS;
  }

  private void tellNext() {
    Sentence sentence = waiting.remove();
    long startOffset = startOffsetOf(sentence.fromOffset());
    long startMicros = Math.max(endMicros, Math.max(0, startOf(sentence, startOffset)));
    lastStartOffset = startOffset;
    long endsMicros = endOf(sentence, startOffset).orElse(startMicros + span(sentence));
    endMicros = Math.max(startMicros + MIN_MICROS, endsMicros);
    listener.onCaption(
        new Caption(side, sentence.text(), sentence.languageTag(), startMicros, endMicros));
  }

  private long startOffsetOf(long textOffset) {
    long offset = textOffset + leadMicros;
    long floorOffset = Math.addExact(lastStartOffset, MIN_MICROS);
    return sound.onsetNear(offset, Captioner.ONSET_REACH_MICROS, floorOffset).orElse(offset);
  }

  private long startOf(Sentence sentence, long startOffset) {
    return sound.positionAt(startOffset).orElse(sentence.expectedMicros() + leadMicros);
  }

  /** Where its speech ends, before that of the next one begins. */
  private OptionalLong endOf(Sentence sentence, long startOffset) {
    long toOffset = startOffset + span(sentence);
    long limitOffset = toOffset + Captioner.ONSET_REACH_MICROS;
    Sentence next = waiting.peek();
    OptionalLong nextOffset =
        next == null ? cutter.openOffset() : OptionalLong.of(next.fromOffset());
    if (nextOffset.isPresent()) {
      long nextStart = Math.max(startOffset, startOffsetOf(nextOffset.getAsLong()));
      limitOffset = Math.min(limitOffset, nextStart);
    }
    return sound.audibleEnd(startOffset, Math.min(toOffset, limitOffset), limitOffset);
  }

  private static long span(Sentence sentence) {
    return Math.max(MIN_MICROS, sentence.toOffset() - sentence.fromOffset());
  }
}
