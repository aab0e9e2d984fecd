package dev.livedub.cli.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to a stream from a thread of its own, so that nobody who logs ever waits for the
 * reader of the log, and keeps a status line below them, redrawn once a second.
 *
 * <p>Bounded: {@value #CAPACITY} lines wait at most; further ones are lost and counted, and a line
 * says how many.
 *
 * <p><b>Threading:</b> any thread may offer; the stream belongs to the thread {@code log-writer}.
 */
public final class LineWriter implements AutoCloseable {

  static final int CAPACITY = 4096;

  private static final Duration REDRAW = Duration.ofSeconds(1);

  /** A reader that takes nothing for so long takes nothing more. */
  private static final Duration STUCK = Duration.ofMillis(400);

  /** A machine with more to do than it can may not let the thread run for a while. */
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private static final String ERASE = "\r\u001b[2K";
  // Without the terminal's wrapping a long status line is cut at the edge instead of leaving rows.
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final OutputStream out;
  private final LongFunction<String> lossLine;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread;
  private volatile @Nullable Supplier<String> status;
  private volatile boolean closing;
  private volatile long writingSinceNanos;
  private volatile boolean writing;
  private boolean statusShown;

  /**
   * A writer; its thread starts at once.
   *
   * @param lossLine words the line that says how many lines were lost
   */
  public LineWriter(OutputStream out, LongFunction<String> lossLine) {
    this.out = out;
    this.lossLine = lossLine;
    this.thread = new Thread(this::work, "log-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Has a line written soon. Never blocks. */
  public void offer(String line) {
    if (!lines.offer(line)) {
      lost.incrementAndGet();
    }
  }

  /** Shows a status line from now on; null takes it away. Only for a terminal. */
  public void showStatus(@Nullable Supplier<String> line) {
    status = line;
  }

  /** Writes what waits, as far as the reader takes it in time. Idempotent. */
  @Override
  public void close() {
    closing = true;
    long beganNanos = System.nanoTime();
    try {
      while (thread.isAlive() && !isStuck() && System.nanoTime() - beganNanos < CLOSE.toNanos()) {
        thread.join(STUCK.toMillis() / 8);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStuck() {
    return writing && System.nanoTime() - writingSinceNanos > STUCK.toNanos();
  }

  private void work() {
    long redrawNanos = System.nanoTime();
    try {
      while (!closing || !lines.isEmpty()) {
        String line = lines.poll(50, TimeUnit.MILLISECONDS);
        boolean due = status != null && System.nanoTime() - redrawNanos >= 0;
        if (line != null || due) {
          write(line);
        }
        if (due) {
          redrawNanos = System.nanoTime() + REDRAW.toNanos();
        }
      }
      status = null;
      write(null);
    } catch (IOException | InterruptedException e) {
      // Nobody reads the log any more; the media path must not suffer from it.
      lines.clear();
    }
  }

  private void write(@Nullable String first) throws IOException {
    StringBuilder text = new StringBuilder(statusShown ? ERASE : "");
    for (String line = first; line != null; line = lines.poll()) {
      text.append(line).append('\n');
    }
    long count = lost.getAndSet(0);
    if (count > 0) {
      text.append(lossLine.apply(count)).append('\n');
    }
    Supplier<String> source = status;
    statusShown = source != null;
    if (source != null) {
      text.append(NO_WRAP).append(statusOf(source)).append(WRAP);
    }
    if (text.length() > 0) {
      writingSinceNanos = System.nanoTime();
      writing = true;
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
      writing = false;
    }
  }

  /** A status that fails must not end the log. */
  private static String statusOf(Supplier<String> source) {
    try {
      return source.get();
    } catch (RuntimeException e) {
      return "status unknown: " + e;
    }
  }
}
