package dev.livedub.cli.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says what a person is waiting for, once that has lasted a second, and again every five; nothing
 * about what is quicker.
 *
 * <p><b>Threading:</b> opened and closed by one thread; writes from one of its own in between.
 */
public final class WaitNote implements AutoCloseable {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration FURTHER = Duration.ofSeconds(5);

  private final ScheduledExecutorService thread;

  private WaitNote(ScheduledExecutorService thread) {
    this.thread = thread;
  }

  /**
   * Begins to wait.
   *
   * @param what as it continues "waiting for"
   */
  public static WaitNote on(String what, PrintStream err) {
    return on(what, err, FIRST, FURTHER);
  }

  /** The same with other times. */
  static WaitNote on(String what, PrintStream err, Duration first, Duration further) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            body -> {
              Thread made = new Thread(body, "wait-note");
              made.setDaemon(true);
              return made;
            });
    long startNanos = System.nanoTime();
    Runnable note =
        () ->
            err.printf(
                Locale.ROOT,
                "... waiting for %s, %d s so far%n",
                what,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos));
    var unused =
        thread.scheduleAtFixedRate(
            note, first.toMillis(), further.toMillis(), TimeUnit.MILLISECONDS);
    return new WaitNote(thread);
  }

  /** What was waited for is there. Idempotent. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
