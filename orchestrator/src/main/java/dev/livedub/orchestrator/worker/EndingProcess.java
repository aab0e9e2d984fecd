package dev.livedub.orchestrator.worker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A process that ends, by force, when this is closed or the JVM ends, whichever comes first. Only
 * if the JVM is killed does it live on.
 *
 * <p><b>Threading:</b> any thread.
 */
final class EndingProcess implements AutoCloseable {

  private final Thread hook = new Thread(this::end, "process-end");
  private @Nullable Process process;
  private boolean over;

  /**
   * One that has not been started.
   *
   * @throws IllegalStateException if the JVM is ending
   */
  EndingProcess() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts it. Called once. */
  synchronized Process start(ProcessBuilder builder) throws IOException {
    if (over) {
      throw new IOException("this process is ending");
    }
    Process started = builder.start();
    process = started;
    return started;
  }

  /** Whether it was ended, or will be as soon as it starts. */
  synchronized boolean isOver() {
    return over;
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook finds nothing left to do.
    }
  }

  private synchronized void end() {
    over = true;
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
