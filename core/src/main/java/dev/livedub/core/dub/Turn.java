package dev.livedub.core.dub;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.core.translate.TranslatorEvent;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * One translator's turn at a {@link DubLine}: the source sound it is sent, from one chunk to
 * another, and what it says that has to wait for its place.
 *
 * <p>The translator is foreign code and may fail in any way: a call that throws makes it broken,
 * and it is not called again until it is closed.
 *
 * <p><b>Threading:</b> calls to the translator belong to the thread that sends, {@code close} to
 * any; what is package-private state belongs to {@link Turns} and its lock.
 */
final class Turn {

  private static final long OPEN_END = Long.MAX_VALUE;

  private final Translator translator;
  private final BiConsumer<Turn, Health> failed;
  private volatile long fromMicros = Long.MIN_VALUE;
  private volatile long toMicros = OPEN_END;
  private volatile boolean broken;
  private boolean finished;
  private boolean muted;

  final Queue<TranslatorEvent> held = new ArrayDeque<>();
  long heldSamples;
  long firstHeldMicros = OPEN_END;
  boolean joined;
  boolean done;
  boolean over;

  /**
   * @param translator owned from now on
   * @param failed told when a call throws
   */
  Turn(Translator translator, BiConsumer<Turn, Health> failed) {
    this.translator = translator;
    this.failed = failed;
  }

  /** Output-timeline time of the first source sound it is sent. */
  long fromMicros() {
    return fromMicros;
  }

  /** Output-timeline time of the first source sound that it is not sent any more. */
  long toMicros() {
    return toMicros;
  }

  void beginsAt(long micros) {
    fromMicros = micros;
  }

  void endsAt(long micros) {
    toMicros = micros;
  }

  /** A time brought into this turn. */
  long within(long micros) {
    return Math.max(fromMicros, Math.min(micros, toMicros));
  }

  boolean isBroken() {
    return broken;
  }

  /** Keeps an event until its place has come. */
  void hold(TranslatorEvent event) {
    held.add(event);
    if (event instanceof DubAudio audio) {
      heldSamples += audio.samples().length;
      firstHeldMicros = Math.min(firstHeldMicros, within(audio.sourceMicros().orElse(fromMicros)));
    }
  }

  /** Returns whether it could be started. */
  boolean start(TranslatorListener listener) {
    return guarded("start", () -> translator.start(listener));
  }

  SendResult send(SpeechChunk chunk) {
    SendResult[] result = {SendResult.UNAVAILABLE};
    if (!broken) {
      guarded("send", () -> result[0] = translator.send(chunk));
    }
    return result[0];
  }

  void setMuted(boolean nowMuted) {
    if (muted != nowMuted && !broken) {
      muted = nowMuted;
      guarded("mute", () -> translator.setMuted(nowMuted));
    }
  }

  void lagged(Duration took) {
    if (!broken) {
      guarded("lagged", () -> translator.lagged(took));
    }
  }

  void finish() {
    if (!finished && !broken) {
      finished = true;
      guarded("finish", translator::finish);
    }
  }

  void close() {
    guarded("close", translator::close);
  }

  /** Does something that may fail in any way; returns whether it did not. */
  boolean guarded(String call, Runnable action) {
    try {
      action.run();
      return true;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      broken = true;
      String reason = call + ": " + e.getClass().getSimpleName();
      failed.accept(this, new Health(Health.State.FAILED, reason));
      return false;
    }
  }
}
