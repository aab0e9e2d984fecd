package dev.livedub.cli.sim;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.testkit.gemini.GeminiSim;
import java.util.concurrent.CountDownLatch;

/**
 * Serves until the process is told to end, which is no failure.
 *
 * <p><b>Threading:</b> the main thread.
 */
public final class UntilSignal implements GeminiSimCommand.Serving {

  @Override
  public void serve(GeminiSim sim) throws InterruptedException {
    Thread hook =
        new Thread(
            () -> {
              sim.close();
              // The JVM would end with 130 or 143, whatever its hooks do.
              Runtime.getRuntime().halt(ExitCode.CLEAN.code());
            },
            "stop-on-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    new CountDownLatch(1).await();
  }
}
