package dev.livedub.cli.demo;

import dev.livedub.cli.log.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells a person how far the demonstration is: one line that is redrawn on a terminal, a line now
 * and then elsewhere.
 *
 * <p><b>Threading:</b> any thread.
 */
final class Progress implements AutoCloseable {

  private static final String ERASE = "\r\u001b[2K";
  private static final long QUIET_NANOS = 5_000_000_000L;
  private static final long TICK_MILLIS = 500;
  private static final int WIDTH = 118;

  /** What takes a while. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  private final PrintStream err;
  private final boolean terminal = Terminal.watchesStandardError();
  private long saidNanos = System.nanoTime() - QUIET_NANOS;

  Progress(PrintStream err) {
    this.err = err;
  }

  /** Shows how it is now. */
  synchronized void show(String line) {
    if (terminal) {
      err.print(ERASE + line.substring(0, Math.min(WIDTH, line.length())));
      err.flush();
    } else if (System.nanoTime() - saidNanos >= QUIET_NANOS) {
      saidNanos = System.nanoTime();
      err.println(line);
    }
  }

  /** Says something that stays. */
  synchronized void say(String what) {
    err.println((terminal ? ERASE : "") + what);
  }

  /** Shows that something goes on for as long as it does. */
  <T> T during(String what, Work<T> work) throws IOException {
    long beganNanos = System.nanoTime();
    ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(Progress::thread);
    ticks.scheduleAtFixedRate(
        () -> show(what + ": " + (System.nanoTime() - beganNanos) / 1_000_000_000 + " s"),
        0,
        TICK_MILLIS,
        TimeUnit.MILLISECONDS);
    try {
      return work.run();
    } finally {
      ticks.shutdownNow();
    }
  }

  private static Thread thread(Runnable body) {
    Thread made = new Thread(body, "demo-progress");
    made.setDaemon(true);
    return made;
  }

  /** Leaves a clean line. Idempotent. */
  @Override
  public synchronized void close() {
    if (terminal) {
      err.print(ERASE);
      err.flush();
    }
  }
}
