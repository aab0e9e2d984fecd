package dev.livedub.orchestrator.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads that run the loops of all streams. A stream is always run by the same one, so that
 * what happens to it happens one thing at a time, in order.
 *
 * <p><b>Threading:</b> any thread.
 */
final class StreamLoops implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamLoops.class);
  private static final int THREADS = 2;
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final List<ScheduledExecutorService> threads =
      IntStream.range(0, THREADS).mapToObj(StreamLoops::thread).toList();

  /** The loop of a stream. */
  ScheduledExecutorService of(String streamId) {
    return threads.get(Math.floorMod(streamId.hashCode(), threads.size()));
  }

  /**
   * Runs something again and again, on one of the threads; it must not block. What it throws is
   * logged, and it is run again all the same.
   */
  void every(Duration period, Runnable task) {
    Future<?> unused =
        threads
            .get(0)
            .scheduleWithFixedDelay(
                () -> guard(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    threads.forEach(ScheduledExecutorService::shutdownNow);
    try {
      for (ScheduledExecutorService thread : threads) {
        boolean ended = thread.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          return; // a daemon thread; the process ends without it
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void guard(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("event", LifecycleEvent.FAULT.label())
          .setCause(e)
          .log("a fault of livedub");
    }
  }

  private static ScheduledExecutorService thread(int index) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "stream-loop-" + index);
          thread.setDaemon(true);
          return thread;
        });
  }
}
