package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.fault.FaultKind;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages when they are due, unless a fault holds them back. Order is kept.
 *
 * <p><b>Threading</b>: the connection's event loop only.
 */
final class OutputStage {

  private static final int MAX_WAITING = 5_000;
  private static final double CHUNK_NANOS = 250e6;

  private final SimClock clock;
  private final EventExecutor loop;
  private final Consumer<Outgoing> sink;
  private final Deque<Outgoing> waiting = new ArrayDeque<>();
  private final Consumer<FaultKind> onHeld;
  private @Nullable Future<?> pump;
  private long lastDueNanos = Long.MIN_VALUE;
  private long lastSoundNanos = Long.MIN_VALUE / 2;
  private long holdUntilNanos = Long.MIN_VALUE;
  private boolean loses;
  private long burstHoldNanos;
  private double burstSpeed;
  private boolean closed;

  /**
   * A stage.
   *
   * @param sink sends a message at once
   * @param onHeld told of each message that is held back or lost, and by which fault
   */
  OutputStage(
      SimClock clock, EventExecutor loop, Consumer<Outgoing> sink, Consumer<FaultKind> onHeld) {
    this.clock = clock;
    this.loop = loop;
    this.sink = sink;
    this.onHeld = onHeld;
  }

  /**
   * A message on its way.
   *
   * @param dueNanos when it would be sent without faults
   * @param soundMicros how much sound it holds
   * @param syllables numbers of those that begin in it
   */
  record Outgoing(long dueNanos, String json, long soundMicros, List<Integer> syllables) {}

  /** Takes a message; it is sent when due, but not before those that came earlier. */
  void offer(Outgoing message) {
    if (closed) {
      return;
    }
    long dueNanos = Math.max(message.dueNanos(), lastDueNanos);
    lastDueNanos = dueNanos;
    if (dueNanos < holdUntilNanos) {
      onHeld.accept(burstSpeed > 0 ? FaultKind.BURSTS : FaultKind.STALL);
      if (loses) {
        return;
      }
    }
    if (waiting.size() == MAX_WAITING) {
      waiting.removeFirst();
    }
    waiting.addLast(
        new Outgoing(dueNanos, message.json(), message.soundMicros(), message.syllables()));
    schedule();
  }

  /** Sends nothing for a while; afterwards everything at once, or what was not lost. */
  void stall(long nanos, boolean burst) {
    holdUntilNanos = clock.nanos() + nanos;
    loses = !burst;
    if (loses) {
      waiting.forEach(message -> onHeld.accept(FaultKind.STALL));
      waiting.clear();
    }
    schedule();
  }

  /** Holds back and lets go at a speed, again and again. */
  void burst(long holdNanos, double speed) {
    burstHoldNanos = holdNanos;
    burstSpeed = speed;
    loses = false;
    holdUntilNanos = clock.nanos() + holdNanos;
    schedule();
  }

  /** Forgets what waits and sends nothing any more. */
  void close() {
    closed = true;
    waiting.clear();
    cancel();
  }

  private void schedule() {
    cancel();
    Outgoing next = waiting.peekFirst();
    if (next != null) {
      pump = clock.scheduleNanos(loop, sendNanos(next) - clock.nanos(), this::pump);
    }
  }

  private void cancel() {
    if (pump != null) {
      pump.cancel(false);
      pump = null;
    }
  }

  private long sendNanos(Outgoing message) {
    long nanos = Math.max(message.dueNanos(), holdUntilNanos);
    return burstSpeed > 0 && message.soundMicros() > 0
        ? Math.max(nanos, lastSoundNanos + (long) (CHUNK_NANOS / burstSpeed))
        : nanos;
  }

  private void pump() {
    pump = null;
    while (!waiting.isEmpty() && sendNanos(waiting.getFirst()) <= clock.nanos()) {
      Outgoing message = waiting.removeFirst();
      if (message.soundMicros() > 0) {
        // Not when it really was sent: timers that are late must not slow a burst down.
        lastSoundNanos = sendNanos(message);
      }
      sink.accept(message);
    }
    if (burstSpeed > 0 && !closed && caughtUp()) {
      holdUntilNanos = clock.nanos() + burstHoldNanos;
    }
    schedule();
  }

  private boolean caughtUp() {
    return waiting.isEmpty() || waiting.getFirst().dueNanos() > clock.nanos();
  }
}
