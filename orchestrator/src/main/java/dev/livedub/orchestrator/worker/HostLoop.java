package dev.livedub.orchestrator.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a host's state: runs what is posted to it, tells channels that they are
 * ready, ticks. What is posted after its end is not run.
 *
 * <p>Bounded by those who post: a handful of tasks per worker, and its captions.
 *
 * <p><b>Threading:</b> {@link #execute} and {@link #close} any thread; all else its own.
 */
final class HostLoop implements Executor, AutoCloseable {

  /** Told that a channel can be used. */
  @FunctionalInterface
  interface Ready {
    void onReady(SelectionKey key);
  }

  private static final Logger LOG = LoggerFactory.getLogger(HostLoop.class);
  static final Duration TICK = Duration.ofMillis(100);

  private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
  private final Selector selector;
  private final Thread thread;
  private final Runnable tick;
  private volatile boolean closed;

  /**
   * A loop that has not begun.
   *
   * @param tick called every tenth of a second, or less often when there is much to do
   */
  HostLoop(String threadName, Runnable tick) {
    this.tick = tick;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no selector", e);
    }
    this.thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void execute(Runnable task) {
    posted.add(task);
    selector.wakeup();
  }

  /** Tells a channel's owner when it is ready. */
  SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
    return channel.register(selector, operations, ready);
  }

  /** Ends the thread after what has been posted. Idempotent. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    if (isCurrent()) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (selector) {
      long tickNanos = System.nanoTime();
      while (!closed) {
        selector.select(this::ready, TICK.toMillis());
        runPosted();
        if (System.nanoTime() - tickNanos >= 0) {
          guard(tick);
          tickNanos = System.nanoTime() + TICK.toNanos();
        }
      }
      runPosted();
    } catch (IOException e) {
      throw new UncheckedIOException("the selector failed", e);
    }
  }

  private void ready(SelectionKey key) {
    Ready target = (Ready) key.attachment();
    guard(() -> target.onReady(key));
  }

  /** Only what is there now: whoever posts to itself must not keep the rest waiting. */
  private void runPosted() {
    Queue<Runnable> now = new ArrayDeque<>();
    for (@Nullable Runnable task = posted.poll(); task != null; task = posted.poll()) {
      now.add(task);
    }
    now.forEach(HostLoop::guard);
  }

  /** One worker's trouble must not take the others'. */
  private static void guard(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("event", "internal_error").setCause(e).log("a fault of livedub");
    }
  }
}
