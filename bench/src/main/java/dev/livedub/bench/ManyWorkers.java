package dev.livedub.bench;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.translate.PassthroughTranslator;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerLauncher;
import dev.livedub.media.worker.DubWorkerLauncher;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The measured process of {@link CapacityBench}: many workers in one JVM, until it is killed. */
@Command(name = "many-workers", description = "Runs many workers in one JVM.")
final class ManyWorkers implements Callable<Integer> {

  @Option(names = "--streams", required = true)
  private int streams;

  @Option(names = "--input", required = true, description = "The one URL that all workers read.")
  private String input = "";

  @Option(
      names = "--output",
      required = true,
      description = "Where they publish; %%d becomes the stream's number.")
  private String output = "";

  @Option(names = "--translator")
  private TranslatorKind translator = TranslatorKind.PASSTHROUGH;

  @Option(names = "--delay-seconds")
  private int delaySeconds = 6;

  private ManyWorkers() {}

  public static void main(String[] args) {
    CommandLine line = new CommandLine(new ManyWorkers()).setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(args));
  }

  /** Runs until all workers have ended, which only happens if something is wrong. */
  @Override
  public Integer call() throws InterruptedException {
    WorkerLauncher launcher = new DubWorkerLauncher();
    CountDownLatch running = new CountDownLatch(streams);
    for (int number = 0; number < streams; number++) {
      Worker worker = launcher.create(config(number), translators(), MeterSink.NONE);
      String name = "bench-worker-" + number;
      new Thread(
              () -> {
                WorkerExit exit = worker.run();
                System.err.printf(Locale.ROOT, "%s ended: %s%n", name, exit);
                running.countDown();
              },
              name)
          .start();
    }
    running.await();
    return 1;
  }

  private DubConfig config(int number) {
    return DubConfig.builder(
            "bench" + number,
            input,
            List.of(String.format(Locale.ROOT, output, number)),
            translator)
        .delay(Duration.ofSeconds(delaySeconds))
        .patience(Duration.ofSeconds(60))
        .build();
  }

  private @Nullable TranslatorFactory translators() {
    return switch (translator) {
      case BYPASS -> null;
      case PASSTHROUGH -> (config, meters) -> new PassthroughTranslator();
      case TONE -> (config, meters) -> new ToneTranslator();
      case GEMINI -> throw new IllegalArgumentException("no key is used in a benchmark");
    };
  }
}
