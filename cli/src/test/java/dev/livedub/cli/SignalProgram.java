package dev.livedub.cli;

import dev.livedub.cli.dub.DubCommand;
import dev.livedub.cli.dub.DubPorts;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.translate.PassthroughTranslator;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** A process of its own around a worker that is well or badly behaved when it is told to stop. */
public final class SignalProgram {

  /** What the worker does when it is told to stop. */
  public enum Behaviour {
    /** Ends. */
    OBEDIENT,
    /** Goes on as if nothing had been said. */
    DEAF,
    /** Does not even return from being told. */
    STUCK
  }

  private SignalProgram() {}

  public static void main(String[] args) {
    Worker worker = new StubbornWorker(Behaviour.valueOf(args[0]));
    DubPorts ports =
        new DubPorts(
            (config, translator, meters, captions) -> worker,
            Map.of(TranslatorKind.PASSTHROUGH, (config, meters) -> new PassthroughTranslator()),
            GeminiAccess.NONE,
            ServedMetrics::start,
            () -> {});
    System.exit(
        CommandTree.of(
                List.of(new DubCommand(ports, Map.of(), System.err).spec()), System.out, System.err)
            .execute("dub", "--input", "a", "--output", "rtmp://127.0.0.1/a/b"));
  }

  private record StubbornWorker(Behaviour behaviour, CountDownLatch told) implements Worker {

    StubbornWorker(Behaviour behaviour) {
      this(behaviour, new CountDownLatch(1));
    }

    @Override
    public WorkerExit run() {
      LoggerFactory.getLogger(SignalProgram.class)
          .atInfo()
          .addKeyValue("event", "on_air")
          .log("on air");
      awaitForGood(told);
      return new WorkerExit(ExitCode.CLEAN, "told to stop");
    }

    @Override
    public void stop(String reason) {
      switch (behaviour) {
        case OBEDIENT -> told.countDown();
        case DEAF -> {}
        case STUCK -> awaitForGood(new CountDownLatch(1));
      }
    }

    @Override
    public void change(LiveChange change) {}

    @Override
    public WorkerStatus status() {
      return TestCommandLine.idle();
    }

    private static void awaitForGood(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
