package dev.livedub.core.translate;

import org.jspecify.annotations.Nullable;

/**
 * The life of a translator that needs nothing outside the JVM: new, open, finished, closed.
 *
 * <p><b>Threading:</b> any thread. Events are handed on under a lock of their own, so that none
 * comes after {@link #close} has returned, unless it is the listener itself that closes.
 */
final class LocalSession {

  private enum State {
    NEW,
    OPEN,
    FINISHED,
    CLOSED
  }

  private volatile State state = State.NEW;
  private @Nullable TranslatorListener listener;

  synchronized void start(TranslatorListener newListener) {
    if (listener != null) {
      throw new IllegalStateException("started twice");
    }
    listener = newListener;
    if (state == State.NEW) {
      state = State.OPEN;
    }
  }

  /**
   * Whether sound may be sent.
   *
   * @throws IllegalStateException if never started
   */
  boolean isOpen() {
    if (state == State.NEW) {
      throw new IllegalStateException("not started");
    }
    return state == State.OPEN;
  }

  synchronized void emit(TranslatorEvent event) {
    TranslatorListener receiver = listener;
    if (receiver != null && state != State.CLOSED) {
      receiver.onEvent(event);
    }
  }

  /** Returns whether this call ended it, rather than one before. */
  synchronized boolean finish() {
    if (state != State.OPEN) {
      return false;
    }
    state = State.FINISHED;
    return true;
  }

  synchronized void close() {
    state = State.CLOSED;
  }
}
