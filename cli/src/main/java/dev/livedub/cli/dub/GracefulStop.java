package dev.livedub.cli.dub;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a worker cleanly when the process is told to end, and the process in any case: a worker that
 * does not come back within the time is left behind.
 *
 * <p>The JVM would end with 143 after SIGTERM whatever its hooks do; a stop that was asked for is
 * not a failure, so the hook ends the process itself, with the code of the worker.
 *
 * <p><b>Threading:</b> {@link #finished} by the thread that ran the worker, {@link #run} by the
 * JVM's shutdown.
 */
final class GracefulStop implements Runnable {

  /** SIGTERM ends within 5 s; this leaves some for the JVM and for logging. */
  static final Duration PATIENCE = Duration.ofMillis(4000);

  private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

  private final Worker worker;
  private final Duration patience;
  private final Runnable flush;
  private final IntConsumer halt;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int exitCode = ExitCode.CLEAN.code();

  /**
   * A hook that is not registered yet.
   *
   * @param flush ends the log
   * @param halt ends the process at once, without further hooks
   */
  GracefulStop(Worker worker, Duration patience, Runnable flush, IntConsumer halt) {
    this.worker = worker;
    this.patience = patience;
    this.flush = flush;
    this.halt = halt;
  }

  /** Says that the worker has come back and all was closed; the process may end with this code. */
  void finished(int code) {
    exitCode = code;
    finished.countDown();
  }

  /** What the JVM calls when it is told to end; also when the process ends by itself. */
  @Override
  public void run() {
    if (finished.getCount() == 0) {
      return;
    }
    LOG.atInfo().addKeyValue("event", "stop_requested").log("ending by signal");
    // Even a worker whose stop never returns must not keep the process alive.
    Thread stopper = new Thread(() -> worker.stop("signal"), "stop-worker");
    stopper.setDaemon(true);
    stopper.start();
    if (!await()) {
      LOG.atWarn()
          .addKeyValue("event", "stop_timeout")
          .addKeyValue("waitedMillis", patience.toMillis())
          .log("the worker did not end in time and is left behind");
      flush.run();
    }
    halt.accept(exitCode);
  }

  private boolean await() {
    try {
      return finished.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
