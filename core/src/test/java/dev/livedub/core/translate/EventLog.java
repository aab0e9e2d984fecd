package dev.livedub.core.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a translator's events; notices calls side by side; can be stuck.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class EventLog implements TranslatorListener {

  private final List<TranslatorEvent> events = new ArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final @Nullable CountDownLatch gate;
  private final @Nullable Thread sender;
  private volatile boolean overlapped;

  /** A log that returns at once. */
  public EventLog() {
    gate = null;
    sender = null;
  }

  /** A log that is stuck until the gate opens, except when it is the sender that calls. */
  public EventLog(CountDownLatch gate, Thread sender) {
    this.gate = gate;
    this.sender = sender;
  }

  @Override
  public void onEvent(TranslatorEvent event) {
    overlapped |= inside.incrementAndGet() > 1;
    CountDownLatch stuckAt = gate;
    if (stuckAt != null && !Thread.currentThread().equals(sender)) {
      awaitOpen(stuckAt);
    }
    synchronized (events) {
      events.add(event);
    }
    inside.decrementAndGet();
  }

  /** All so far, in the order of their coming. */
  public List<TranslatorEvent> all() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  /** Those of one kind. */
  public <T extends TranslatorEvent> List<T> all(Class<T> kind) {
    return all().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Whether two events were ever handed over at the same time. */
  public boolean overlapped() {
    return overlapped;
  }

  private static void awaitOpen(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
