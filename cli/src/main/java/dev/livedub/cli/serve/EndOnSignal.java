package dev.livedub.cli.serve;

import dev.livedub.core.worker.ExitCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the main thread wait until the process is told to end, and the process end when the main
 * thread has put everything away, or takes too long.
 *
 * <p>The JVM would end with 143 after SIGTERM whatever its hooks do; a stop that was asked for is
 * no failure, so the hook ends the process itself.
 *
 * <p><b>Threading:</b> the main thread; the hook is the JVM's.
 */
final class EndOnSignal implements AutoCloseable {

  /**
   * More than everything takes that has a bound of its own: streams 8 s, the HTTP API 7 s, the host
   * of the workers 12 s.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "stop-on-signal");

  /** Listens to signals from now on. */
  EndOnSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Waits until the process is told to end. */
  void await() throws InterruptedException {
    asked.await();
  }

  private void end() {
    asked.countDown();
    try {
      boolean ended = done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      Runtime.getRuntime().halt(ended ? ExitCode.CLEAN.code() : ExitCode.INTERNAL.code());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that everything is put away. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown is under way: the hook is running and has just been told.
    }
  }
}
