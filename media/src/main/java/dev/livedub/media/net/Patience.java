package dev.livedub.media.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.Selector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection's calls may block, and whether they still may.
 *
 * <p><b>Threading:</b> one thread makes the calls; any may {@link #cancel}.
 */
public final class Patience {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private volatile @Nullable Selector selector;
  private volatile boolean cancelled;
  private long dueNanos = System.nanoTime();

  /** Gives the calls that follow this long in all. */
  public void within(Duration limit) {
    dueNanos = System.nanoTime() + limit.toNanos();
  }

  /** When the time is over, on {@link System#nanoTime}'s clock. */
  public long dueNanos() {
    return dueNanos;
  }

  /** Gives the calls that follow until then. */
  public void until(long nanos) {
    dueNanos = nanos;
  }

  /** How long the calls may still block. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime()));
  }

  /** Aborts the call under way and every later one. */
  public void cancel() {
    cancelled = true;
    Selector waiting = selector;
    if (waiting != null) {
      waiting.wakeup();
    }
  }

  /** Gives a cancelled call's owner this long to say good-bye to the peer. */
  public void forGoodBye(Duration limit) {
    within(limit);
    cancelled = false;
  }

  /**
   * Waits until one of the selector's channels is ready.
   *
   * @throws SocketTimeoutException once the time is over
   * @throws InterruptedIOException once cancelled
   */
  void await(Selector waiting) throws IOException {
    selector = waiting; // before the look at cancelled: who cancels later wakes it
    while (true) {
      check();
      waiting.select(left().toNanos() / NANOS_PER_MILLI + 1);
      if (!waiting.selectedKeys().isEmpty()) {
        waiting.selectedKeys().clear();
        return;
      }
    }
  }

  /** Makes sure that there is time left. */
  void check() throws IOException {
    if (cancelled) {
      throw new InterruptedIOException("cancelled");
    }
    if (left().isZero()) {
      throw new SocketTimeoutException("no answer in time");
    }
  }
}
