package dev.livedub.bench.dub;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.gemini.session.LiveSession;
import dev.livedub.gemini.session.SessionEnd;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import dev.livedub.gemini.session.SessionEvent;
import dev.livedub.gemini.session.SessionListener;
import dev.livedub.testkit.gemini.model.LiveModel;
import dev.livedub.testkit.gemini.model.ModelEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A session with the simulator's interpreter, without sockets and on a clock that a test moves. */
final class ModelledSession implements LiveSession {

  private static final long READY_AFTER_NANOS = 300_000_000L;

  private record Later(long dueNanos, SessionEvent event, List<Integer> syllables) {}

  private final LiveModel model;
  private final Delivery delivery;
  private final IntConsumer arrived;
  private final long createdNanos;
  private final Deque<Later> later = new ArrayDeque<>();
  private long nowNanos;
  private long sentMicros = Long.MIN_VALUE;
  private boolean ready;
  private boolean ended;
  private @Nullable SessionListener listener;

  /** When what is said at a moment arrives; never before what was said before. */
  @FunctionalInterface
  interface Delivery {
    long arrivesNanos(long saidNanos);
  }

  /**
   * @param arrived told the number of each syllable with whose sound it arrives
   */
  ModelledSession(LiveModel model, Delivery delivery, IntConsumer arrived, long nowNanos) {
    this.model = model;
    this.arrived = arrived;
    this.delivery = delivery;
    this.createdNanos = nowNanos;
    this.nowNanos = nowNanos;
  }

  @Override
  public void open(SessionListener newListener) {
    listener = newListener;
  }

  @Override
  public SendResult send(SpeechChunk chunk) {
    if (ended || !ready) {
      return SendResult.CLOSED;
    }
    sentMicros = chunk.endMicros();
    for (ModelEvent event : model.hear(chunk.samples())) {
      SessionEvent said = said(event);
      if (said != null) {
        long last = later.isEmpty() ? 0 : later.getLast().dueNanos();
        later.addLast(
            new Later(Math.max(last, delivery.arrivesNanos(nowNanos)), said, syllables(event)));
      }
    }
    return SendResult.ACCEPTED;
  }

  /** Lets time go by. */
  void step(long now) {
    nowNanos = now;
    if (!ready && !ended && now - createdNanos >= READY_AFTER_NANOS) {
      ready = true;
      say(new SessionEvent.Ready(Duration.ofNanos(now - createdNanos)));
    }
    while (!ended && !later.isEmpty() && later.getFirst().dueNanos() <= now) {
      Later next = later.removeFirst();
      next.syllables().forEach(arrived::accept);
      say(next.event());
    }
  }

  @Override
  public void endAudio() {}

  @Override
  public long sentMicros() {
    return sentMicros;
  }

  @Override
  public Duration backlog() {
    return Duration.ZERO;
  }

  @Override
  public void close() {
    if (!ended) {
      say(new SessionEvent.Ended(new SessionEnd(Kind.PLANNED, Phase.CLOSING, 1000, "", false)));
      ended = true;
    }
  }

  /** Lets time go by without the service: what was ready is lost, what is not ready waits. */
  void stepAlone(long now) {
    nowNanos = now;
    if (ready && !ended) {
      ended = true;
      say(new SessionEvent.Ended(new SessionEnd(Kind.RETRY, Phase.LIVE, 0, "lost", false)));
    }
  }

  private static List<Integer> syllables(ModelEvent event) {
    return event instanceof ModelEvent.Sound sound ? sound.syllables() : List.of();
  }

  private static @Nullable SessionEvent said(ModelEvent event) {
    if (event instanceof ModelEvent.Sound sound) {
      return new SessionEvent.Audio(sound.samples());
    }
    if (event instanceof ModelEvent.SourceWords words) {
      return new SessionEvent.Transcript(Side.SOURCE, words.text(), words.language());
    }
    if (event instanceof ModelEvent.TargetWords words && !words.text().isEmpty()) {
      return new SessionEvent.Transcript(Side.TARGET, words.text(), words.language());
    }
    return null;
  }

  private void say(SessionEvent event) {
    if (listener != null) {
      listener.onEvent(event);
    }
  }
}
