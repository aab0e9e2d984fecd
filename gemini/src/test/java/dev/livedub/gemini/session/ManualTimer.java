package dev.livedub.gemini.session;

import dev.livedub.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A clock and a timer that go when the test says so, on the test's thread. */
final class ManualTimer extends ScheduledThreadPoolExecutor implements Ticker {

  private record Task(Runnable action, long dueNanos, ScheduledFuture<?> future) {}

  private final List<Task> tasks = new ArrayList<>();
  private long nowNanos = 1;

  ManualTimer() {
    super(0);
  }

  @Override
  public long nanos() {
    return nowNanos;
  }

  /** Lets time pass. */
  void pass(Duration time) {
    long untilNanos = nowNanos + time.toNanos();
    Task due = nextUntil(untilNanos);
    while (due != null) {
      tasks.remove(due);
      nowNanos = Math.max(nowNanos, due.dueNanos);
      if (!due.future.isCancelled()) {
        due.action.run();
      }
      due = nextUntil(untilNanos);
    }
    nowNanos = untilNanos;
  }

  /** Deadlines that are still set. */
  long pending() {
    return tasks.stream().filter(task -> !task.future.isCancelled()).count();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
    // A future of the real thing that its executor, without threads, never runs.
    ScheduledFuture<?> future = super.schedule(() -> {}, Long.MAX_VALUE / 4, TimeUnit.NANOSECONDS);
    tasks.add(new Task(action, nowNanos + unit.toNanos(delay), future));
    return future;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> action, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  private @Nullable Task nextUntil(long untilNanos) {
    return tasks.stream()
        .filter(task -> task.dueNanos <= untilNanos)
        .min(Comparator.comparingLong(Task::dueNanos))
        .orElse(null);
  }
}
