package dev.livedub.cli.demo.page;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What waits for one viewer of a channel: at most half a minute of it.
 *
 * <p><b>Threading:</b> filled by the channel's thread, emptied by the viewer's.
 */
final class Viewer {

  /** Fragments are 0.4 s long, or shorter where a keyframe comes. */
  private static final int MOST_WAITING = 96;

  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final CountDownLatch dropped = new CountDownLatch(1);

  /** Adds a piece; false, and the viewer is dropped, if too much waits already. */
  boolean offer(byte[] bytes) {
    if (!waiting.offer(bytes)) {
      dropped.countDown();
    }
    return !isDropped();
  }

  /** The next piece; empty if none came in time. */
  Optional<byte[]> next(long atMostMillis) throws InterruptedException {
    return Optional.ofNullable(waiting.poll(atMostMillis, TimeUnit.MILLISECONDS));
  }

  /** Whether it did not keep up. */
  boolean isDropped() {
    return dropped.getCount() == 0;
  }

  /** Waits until it did not keep up. */
  void awaitDropped() throws InterruptedException {
    dropped.await();
  }
}
