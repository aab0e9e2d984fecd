package dev.livedub.cli.demo;

import dev.livedub.core.worker.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the demonstration when the process is told to end: the main thread is interrupted and sends
 * everybody home; if that takes too long, what is left is killed. No process stays behind.
 *
 * <p><b>Threading:</b> the main thread; the hook is the JVM's.
 */
final class DemoEnd implements AutoCloseable {

  /** With what follows, less than the five seconds that are promised. */
  private static final long PATIENCE_MILLIS = 4_500;

  private final Path work;
  private final Thread main = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "demo-stop-on-signal");
  private volatile ExitCode code = ExitCode.CLEAN;
  private volatile boolean asked;

  /**
   * Listens to signals from now on.
   *
   * @param work a folder that is not to stay behind
   */
  DemoEnd(Path work) {
    this.work = work;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** What the process ends with when it is told to end from now on. */
  void code(ExitCode newCode) {
    code = newCode;
  }

  /** Whether the process was told to end. */
  boolean isAsked() {
    return asked;
  }

  private void end() {
    asked = true;
    main.interrupt();
    try {
      done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Folders.deleteQuietly(work);
    Runtime.getRuntime().halt(code.code());
  }

  /** Says that everybody is home. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs and has just been told.
    }
  }
}
