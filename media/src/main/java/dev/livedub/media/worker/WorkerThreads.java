package dev.livedub.media.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The threads of one worker: named after the stream, and logging with the labels of the thread that
 * made them.
 *
 * <p><b>Threading:</b> any thread.
 */
final class WorkerThreads {

  private final String streamId;
  private final @Nullable Map<String, String> labels = MDC.getCopyOfContextMap();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  WorkerThreads(String streamId) {
    this.streamId = streamId;
  }

  /** Starts a thread {@code dub-<stream>-<role>}. */
  Thread start(String role, Runnable body) {
    Thread thread =
        new Thread(
            () -> {
              if (labels != null) {
                MDC.setContextMap(labels);
              }
              body.run();
            },
            nameOf(role));
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    return thread;
  }

  /** Waits for all of them; says whether all have ended in time. */
  boolean join(Duration timeout) {
    long untilNanos = System.nanoTime() + timeout.toNanos();
    boolean all = true;
    for (Thread thread : threads) {
      all &= join(thread, untilNanos - System.nanoTime());
    }
    return all;
  }

  /** Waits for one of them, if it was started. */
  void join(String role, Duration timeout) {
    threads.stream()
        .filter(thread -> thread.getName().equals(nameOf(role)))
        .forEach(thread -> join(thread, timeout.toNanos()));
  }

  /** Whether a thread of that role was started. */
  boolean hasStarted(String role) {
    return threads.stream().anyMatch(thread -> thread.getName().equals(nameOf(role)));
  }

  private String nameOf(String role) {
    return "dub-" + streamId + "-" + role;
  }

  static boolean join(Thread thread, long timeoutNanos) {
    try {
      thread.join(Math.max(1, timeoutNanos / 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
