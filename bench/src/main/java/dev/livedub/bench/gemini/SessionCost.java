package dev.livedub.bench.gemini;

import com.google.genai.Client;
import com.sun.management.OperatingSystemMXBean;
import dev.livedub.bench.MarkdownSection;
import dev.livedub.core.config.GeminiConfig;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.gemini.config.ApiKey;
import dev.livedub.gemini.config.Secret;
import dev.livedub.gemini.config.ServiceAccess;
import dev.livedub.gemini.config.ServiceUrl;
import dev.livedub.gemini.config.SessionSettings;
import dev.livedub.gemini.session.LiveClient;
import dev.livedub.gemini.session.LiveSessionFactory;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import dev.livedub.testkit.net.FreePorts;
import dev.livedub.testkit.thirdparty.ChildProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what a live session costs: livedub's and the SDK's own, one after the other. */
@Command(
    name = "bench/gemini-sessions",
    mixinStandardHelpOptions = true,
    description = "Measures livedub's live sessions beside those of Google's SDK.")
final class SessionCost implements Callable<Integer> {

  private static final Logger SDK_LOG = Logger.getLogger("com.google.genai");
  private static final Duration SIMULATOR_LIMIT = Duration.ofSeconds(60);

  @Option(names = "--sessions", description = "How many at once (${DEFAULT-VALUE}).")
  private int count = 50;

  @Option(names = "--seconds", description = "Length of each measurement (${DEFAULT-VALUE}).")
  private int seconds = 20;

  @Option(names = "--warm-up", description = "Seconds before each (${DEFAULT-VALUE}).")
  private int warmUpSeconds = 15;

  @Option(names = "--page", description = "Page to write the results into; else only printed.")
  private @Nullable Path page;

  private final short[] sound = new MarkedSource(SpeechChunk.SAMPLE_RATE_HZ, 1).pcm(0, 960_000);

  private SessionCost() {}

  public static void main(String[] args) {
    // The SDK tells of every session's end at length.
    SDK_LOG.setLevel(Level.WARNING);
    System.exit(new CommandLine(new SessionCost()).execute(args));
  }

  /**
   * What was measured.
   *
   * @param heard seconds of output per session-second; 1 if everything went well
   */
  private record Cost(
      String name, int sessions, double cpuMillis, double allocatedKb, int threads, double heard) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    int port = FreePorts.next();
    List<Cost> costs = new ArrayList<>();
    try (ChildProcess simulator = simulator(port)) {
      simulator.awaitLine("ws://", SIMULATOR_LIMIT);
      GeminiConfig gemini = GeminiConfig.DEFAULTS;
      ServiceAccess access =
          ServiceAccess.developer(
              ServiceUrl.parse("ws://127.0.0.1:" + port), new ApiKey(new Secret("simulator")));
      try (LiveClient client = new LiveClient()) {
        LiveSessionFactory own = client.sessions(access, SessionSettings.of(gemini.model(), "es"));
        costs.add(measure("livedub", () -> new OwnSpeaker(own)));
      }
      try (Client sdk = SdkSpeaker.client(port)) {
        costs.add(measure("google-genai", () -> new SdkSpeaker(sdk, gemini.model())));
      }
    }
    String table = table(costs);
    System.out.println(table);
    if (page != null) {
      MarkdownSection.replace(page, "sessions", table);
    }
    boolean heardAll = costs.stream().allMatch(cost -> cost.heard() > 0.9);
    return heardAll ? 0 : 1;
  }

  private Cost measure(String name, Supplier<Speaker> speakers) throws InterruptedException {
    ScheduledExecutorService pace = Executors.newScheduledThreadPool(2);
    List<Speaker> all = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        Speaker speaker = speakers.get();
        all.add(speaker);
        AtomicInteger chunk = new AtomicInteger();
        Future<?> unused =
            pace.scheduleAtFixedRate(
                () -> speak(speaker, chunk.getAndIncrement()),
                1_000_000L + i * 100_000L / count,
                SpeechChunk.MILLIS * 1_000L,
                TimeUnit.MICROSECONDS);
      }
      TimeUnit.SECONDS.sleep(warmUpSeconds);
      return window(name, all);
    } finally {
      pace.shutdownNow();
      all.forEach(Speaker::close);
      TimeUnit.SECONDS.sleep(3);
    }
  }

  private Cost window(String name, List<Speaker> all) throws InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.gc();
    Allocation allocation = new Allocation();
    long heardBefore = all.stream().mapToLong(Speaker::heardSamples).sum();
    long cpuBefore = system.getProcessCpuTime();
    long startNanos = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    double sessionSeconds = all.size() * (System.nanoTime() - startNanos) / 1e9;
    double cpuMillis = (system.getProcessCpuTime() - cpuBefore) / 1e6;
    double allocatedKb = allocation.bytes() / 1e3;
    long heard = all.stream().mapToLong(Speaker::heardSamples).sum() - heardBefore;
    return new Cost(
        name,
        all.size(),
        cpuMillis / sessionSeconds,
        allocatedKb / sessionSeconds,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        heard / 24_000.0 / sessionSeconds);
  }

  private void speak(Speaker speaker, int chunk) {
    short[] samples = new short[SpeechChunk.SAMPLES];
    int from = (int) ((long) chunk * SpeechChunk.SAMPLES % sound.length);
    System.arraycopy(sound, from, samples, 0, samples.length);
    speaker.say(samples, chunk * (SpeechChunk.MILLIS * 1_000L));
  }

  private static String table(List<Cost> costs) {
    StringBuilder table =
        new StringBuilder(
            "| | sessions | CPU ms per session-second | allocated kB per session-second | threads"
                + " of the JVM | seconds heard per second |\n|---|---|---|---|---|---|\n");
    for (Cost cost : costs) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.2f | %.0f | %d | %.2f |%n",
              cost.name(),
              cost.sessions(),
              cost.cpuMillis(),
              cost.allocatedKb(),
              cost.threads(),
              cost.heard()));
    }
    return table.toString();
  }

  private static ChildProcess simulator(int port) {
    return ChildProcess.start(
        "gemini-sim",
        Path.of("/"),
        Map.of(),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.livedub.cli.Main",
            "gemini-sim",
            "--port",
            String.valueOf(port)));
  }
}
