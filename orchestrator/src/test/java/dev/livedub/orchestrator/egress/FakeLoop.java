package dev.livedub.orchestrator.egress;

import dev.livedub.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A loop whose time stands still until it is moved on. */
final class FakeLoop implements EgressLoop, Ticker, InstantSource {

  private record Task(long dueNanos, long order, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos).thenComparing(Task::order));
  private long nowNanos;
  private long order;
  private boolean closed;

  @Override
  public void execute(Runnable task) {
    after(Duration.ZERO, task);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    if (!closed) {
      tasks.add(new Task(nowNanos + delay.toNanos(), order++, task));
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public long nanos() {
    return nowNanos;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(1_700_000_000).plusNanos(nowNanos);
  }

  /** Does everything that is due now. */
  void settle() {
    pass(Duration.ZERO);
  }

  /** Lets time pass, doing everything that becomes due on the way. */
  void pass(Duration time) {
    long untilNanos = nowNanos + time.toNanos();
    for (Task next = tasks.peek();
        next != null && next.dueNanos <= untilNanos;
        next = tasks.peek()) {
      tasks.remove();
      nowNanos = Math.max(nowNanos, next.dueNanos);
      next.work.run();
    }
    nowNanos = untilNanos;
  }
}
