package dev.livedub.gemini.session;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to a listener one at a time, in order, the end last and once.
 *
 * <p>No lock is held while the listener runs, so it may call back, and whoever delivers while
 * another thread is at it leaves its event to that thread. Only the end is ever delivered by
 * another thread than the connection's reader, so what waits is bounded.
 *
 * <p><b>Threading:</b> any thread.
 */
final class EventDelivery {

  private final SessionListener listener;
  private final Queue<SessionEvent> waiting = new ArrayDeque<>();
  private boolean delivering;
  private boolean silent;
  private boolean ended;

  EventDelivery(SessionListener listener) {
    this.listener = listener;
  }

  /** Hands an event on, unless the end was handed on before. */
  void deliver(SessionEvent event) {
    if (!enqueue(event)) {
      return;
    }
    SessionEvent next = poll();
    while (next != null) {
      hand(next);
      next = poll();
    }
  }

  /** Hands on nothing from now on but the end. */
  synchronized void silence() {
    silent = true;
    waiting.removeIf(event -> !(event instanceof SessionEvent.Ended));
  }

  /** Returns whether it is this caller's turn to deliver. */
  private synchronized boolean enqueue(SessionEvent event) {
    boolean end = event instanceof SessionEvent.Ended;
    if (ended || (silent && !end)) {
      return false;
    }
    ended = end;
    waiting.add(event);
    boolean mine = !delivering;
    delivering = true;
    return mine;
  }

  private synchronized @Nullable SessionEvent poll() {
    SessionEvent next = waiting.poll();
    delivering = next != null;
    return next;
  }

  private void hand(SessionEvent event) {
    try {
      listener.onEvent(event);
    } catch (RuntimeException | Error e) {
      if (!(event instanceof SessionEvent.Trouble) && !(event instanceof SessionEvent.Ended)) {
        deliverBehind(new SessionEvent.Trouble("the listener of a session failed", e));
      }
    }
  }

  /** Leaves an event to the delivery under way. */
  private synchronized void deliverBehind(SessionEvent event) {
    if (!ended && !silent) {
      waiting.add(event);
    }
  }
}
