package dev.livedub.core.dub;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.core.translate.TranslatorEvent;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Finished;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.Transcript;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.core.translate.TranslatorEvent.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The translators of a {@link DubLine}, one after the other. The newest hears the source; those
 * before it say their last words. Voice and translated text are passed on in the order of the
 * turns: what a translator says waits until the one before it is done.
 *
 * <p>The one that is first is done when it says so, when it has failed, when voice that waits
 * behind it has to go on air, when too much waits, or when it has been waited for as long as the
 * playout delay, at least {@link #LEAST_PATIENCE_MICROS}. What it says after that is lost. Its
 * condition and what it says of source sound that is not its own count for nothing.
 *
 * <p><b>Threading:</b> {@code begin}, {@code takeOver}, {@code send}, {@code setMuted}, {@code
 * closeGone} and {@code finish} belong to the thread that sends; events come on any thread, as does
 * {@code close}; {@code tick} never waits. One lock, held while an event is passed on.
 *
 * <p><b>Ownership:</b> closes the translators.
 */
final class Turns implements AutoCloseable {

  /** Last words are waited for at least so long, however short the playout delay: 5 s. */
  static final long LEAST_PATIENCE_MICROS = 5_000_000;

  /** Voice that waits is passed on so long before it has to be on air: 300 ms. */
  static final long MARGIN_MICROS = 300_000;

  /** Most translators at a time. */
  static final int MOST = 4;

  /** Most voice that waits: 30 s. */
  private static final int MOST_HELD_SAMPLES = 30 * DubAudio.SAMPLE_RATE_HZ;

  private static final int MOST_HELD_EVENTS = 5_000;

  /** What is done with what they say; called one at a time. */
  interface Host {

    /** Another translator hears the source from now on. */
    void tookOver();

    /** Voice and text of another translator follow. */
    void passedOn();

    /** An event whose place has come. */
    void take(Turn turn, TranslatorEvent event);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Turn> row = new ArrayDeque<>();
  private final Queue<Turn> gone = new ConcurrentLinkedQueue<>();
  private final Host host;
  private final long patienceMicros;
  private volatile Turn current;
  private volatile boolean handingOver;
  private boolean closed;

  /**
   * @param first owned from now on
   */
  Turns(Translator first, long delayMicros, Host host) {
    this.host = host;
    this.patienceMicros = Math.max(delayMicros, LEAST_PATIENCE_MICROS);
    this.current = new Turn(first, this::failed);
    current.joined = true;
    row.add(current);
  }

  /** Starts the first translator. */
  void begin() {
    Turn first = current;
    first.start(event -> on(first, event));
  }

  /**
   * Has another translator hear the source from now on.
   *
   * @return whether it could be started; if not, everything stays as it is
   */
  boolean takeOver(Translator translator, long fromMicros) {
    Turn next = new Turn(translator, this::failed);
    if (!next.start(event -> on(next, event))) {
      next.close();
      return false;
    }
    Turn before = current;
    locked(() -> join(next, fromMicros));
    before.finish();
    locked(this::settle);
    return true;
  }

  SendResult send(SpeechChunk chunk) {
    return current.send(chunk);
  }

  void setMuted(boolean muted) {
    current.setMuted(muted);
  }

  /** No more source sound will come. */
  void finish() {
    current.finish();
  }

  /**
   * Lets time go by.
   *
   * @param nowMicros end of the newest source sound
   * @param airMicros end of what is on air
   */
  void tick(long nowMicros, long airMicros) {
    if (handingOver && lock.tryLock()) {
      try {
        while (row.size() > 1 && isOverdue(nowMicros, airMicros)) {
          passOn();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    List<Turn> all = new ArrayList<>();
    locked(
        () -> {
          closed = true;
          all.addAll(row);
        });
    closeGone();
    all.forEach(Turn::close);
  }

  private void on(Turn turn, TranslatorEvent event) {
    locked(() -> dispatch(turn, event));
  }

  private void failed(Turn turn, Health health) {
    locked(
        () -> {
          if (turn == current) {
            host.take(turn, health);
          }
          turn.done = true;
          settle();
        });
  }

  private void dispatch(Turn turn, TranslatorEvent event) {
    if (closed) {
      return;
    }
    if (!turn.joined) {
      hold(turn, event);
    } else if (event instanceof Usage) {
      take(turn, event);
    } else if (event instanceof Health health) {
      hear(turn, health);
    } else if (event instanceof Finished) {
      turn.done = true;
      settle();
    } else if (!turn.over) {
      passOrHold(turn, event);
    }
  }

  private void hear(Turn turn, Health health) {
    if (turn == current && !turn.isBroken()) {
      take(turn, health);
    } else if (turn != current && health.state() == Health.State.FAILED) {
      turn.done = true;
      settle();
    }
  }

  private void passOrHold(Turn turn, TranslatorEvent event) {
    boolean ordered =
        event instanceof DubAudio
            || (event instanceof Transcript text && text.side() == Side.TARGET);
    if (ordered && turn != row.getFirst()) {
      hold(turn, event);
    } else {
      take(turn, event);
    }
  }

  private void hold(Turn turn, TranslatorEvent event) {
    if (turn.held.size() < MOST_HELD_EVENTS) {
      turn.hold(event);
    }
  }

  private void take(Turn turn, TranslatorEvent event) {
    turn.guarded("event", () -> host.take(turn, event));
  }

  private void join(Turn next, long fromMicros) {
    next.beginsAt(fromMicros);
    next.joined = true;
    current.endsAt(fromMicros);
    current.done |= current.isBroken();
    row.addLast(next);
    current = next;
    handingOver = true;
    host.tookOver();
    List<TranslatorEvent> early = List.copyOf(next.held);
    release(next);
    early.forEach(event -> dispatch(next, event));
    while (row.size() > MOST) {
      passOn();
    }
  }

  private void settle() {
    while (row.size() > 1 && row.getFirst().done) {
      passOn();
    }
  }

  private boolean isOverdue(long nowMicros, long airMicros) {
    if (nowMicros - row.getFirst().toMicros() >= patienceMicros) {
      return true;
    }
    long dueMicros = Long.MAX_VALUE;
    for (Turn turn : row) {
      if (turn.heldSamples > MOST_HELD_SAMPLES || turn.held.size() >= MOST_HELD_EVENTS) {
        return true;
      }
      dueMicros = Math.min(dueMicros, turn.firstHeldMicros);
    }
    return dueMicros != Long.MAX_VALUE && dueMicros - airMicros <= MARGIN_MICROS;
  }

  /** The first one is done: what the next one has said so far is passed on. */
  private void passOn() {
    Turn before = row.removeFirst();
    before.over = true;
    release(before);
    gone.add(before);
    Turn first = row.getFirst();
    handingOver = row.size() > 1;
    host.passedOn();
    List<TranslatorEvent> waiting = List.copyOf(first.held);
    release(first);
    for (TranslatorEvent event : waiting) {
      if (!first.over) {
        take(first, event);
      }
    }
  }

  private static void release(Turn turn) {
    turn.held.clear();
    turn.heldSamples = 0;
    turn.firstHeldMicros = Long.MAX_VALUE;
  }

  /** Closes those that are done. Not under the lock, which an event on its way may wait for. */
  void closeGone() {
    for (Turn turn = gone.poll(); turn != null; turn = gone.poll()) {
      turn.close();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
