package dev.livedub.orchestrator.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A few threads that run the loops of all streams. A stream is always run by the same one, so that
 * what happens to it happens one thing at a time, in order.
 *
 * <p><b>Threading:</b> any thread.
 */
final class StreamLoops implements AutoCloseable {

  private static final int THREADS = 2;
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final List<ScheduledExecutorService> threads =
      IntStream.range(0, THREADS).mapToObj(StreamLoops::thread).toList();

  /** The loop of a stream. */
  ScheduledExecutorService of(String streamId) {
    return threads.get(Math.floorMod(streamId.hashCode(), threads.size()));
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

  private static ScheduledExecutorService thread(int index) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "stream-loop-" + index);
          thread.setDaemon(true);
          return thread;
        });
  }
}
