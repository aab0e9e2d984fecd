package dev.livedub.cli.demo;

import dev.livedub.cli.log.Terminal;
import dev.livedub.core.worker.WorkerStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells a person how far the demonstration is: one line that is redrawn on a terminal, a line now
 * and then elsewhere.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Progress implements AutoCloseable {

  private static final String ERASE = "\r\u001b[2K";
  private static final int BAR_CHARS = 30;
  private static final long QUIET_SECONDS = 5;

  private final PrintStream err;
  private final Duration planned;
  private final boolean terminal = Terminal.watchesStandardError();
  private long nextSecond;

  Progress(PrintStream err, Duration planned) {
    this.err = err;
    this.planned = planned;
  }

  /** Shows where the worker stands. */
  void show(WorkerStatus status) {
    double seconds = status.onAirMicros() / 1e6;
    double share = Math.min(1, seconds / planned.toSeconds());
    int full = (int) Math.round(share * BAR_CHARS);
    String line =
        String.format(
            Locale.ROOT,
            "[%s%s] %4.1f s on air, %d slots dubbed, %d bed, %.2f Mbit/s out",
            "#".repeat(full),
            "-".repeat(BAR_CHARS - full),
            seconds,
            status.slots().dubbed(),
            status.slots().bed(),
            status.outputBitsPerSecond() / 1e6);
    if (status.onAirMicros() == 0) {
      line =
          "filling the playout delay: " + Math.round(status.videoQueueMillis() / 100) / 10.0 + " s";
    }
    if (terminal) {
      err.print(ERASE + line);
      err.flush();
    } else if (seconds >= nextSecond) {
      err.println(line);
      nextSecond += QUIET_SECONDS;
    }
  }

  /** Says what is done next. */
  void say(String what) {
    err.print(terminal ? ERASE + what + " ..." : what + System.lineSeparator());
    err.flush();
  }

  /** Leaves a clean line. Idempotent. */
  @Override
  public void close() {
    if (terminal) {
      err.print(ERASE);
      err.flush();
    }
  }
}
