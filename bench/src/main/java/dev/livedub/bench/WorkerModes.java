package dev.livedub.bench;

import dev.livedub.testkit.rtmp.TagKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What workers cost as processes and as threads of {@code livedub serve}. */
@Command(
    name = "bench/worker-modes",
    mixinStandardHelpOptions = true,
    description = "Measures workers as processes and as threads of livedub serve.")
final class WorkerModes implements Callable<Integer> {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration ALL_LIMIT = Duration.ofSeconds(180);
  private static final Duration PUBLISHER_SLACK = Duration.ofSeconds(240);
  private static final double MEBI = 1024 * 1024;

  /**
   * What was measured.
   *
   * @param startMillis hook to the first picture at the sink, without playout delay, one by one
   */
  private record Result(
      String mode,
      int streams,
      double[] startMillis,
      double allSeconds,
      long ownBytes,
      long workersBytes,
      double cpuPerStreamSecond) {}

  @Option(names = "--processes", description = "Workers as processes (${DEFAULT-VALUE}).")
  private int processes = 10;

  @Option(names = "--threads", description = "Workers as threads (${DEFAULT-VALUE}).")
  private int threads = 50;

  @Option(names = "--starts", description = "Starts timed one by one (${DEFAULT-VALUE}).")
  private int starts = 6;

  @Option(names = "--seconds", description = "Length of each measurement (${DEFAULT-VALUE}).")
  private int seconds = 30;

  @Option(names = "--warm-up", description = "Seconds before each (${DEFAULT-VALUE}).")
  private int warmUpSeconds = 60;

  @Option(names = "--page", description = "Page to write the results into; else only printed.")
  private @Nullable Path page;

  @Option(names = "--clips", description = "Where clips are kept between runs.")
  private Path clips = Path.of("bench/target/clips");

  private WorkerModes() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new WorkerModes()).execute(args));
  }

  @Override
  public Integer call() {
    Duration length = Duration.ofSeconds(seconds).plusSeconds(warmUpSeconds).plus(PUBLISHER_SLACK);
    Path clip = BenchClip.of(clips, length, BenchClip.Sound.PROGRAMME);
    List<Result> results = new ArrayList<>();
    results.add(measure(clip, "process", processes));
    results.add(measure(clip, "thread", threads));
    String text = facts() + table(results);
    System.out.println(text);
    if (page != null) {
      MarkdownSection.replace(page, "worker-modes", text);
    }
    return 0;
  }

  private Result measure(Path clip, String mode, int streams) {
    System.err.println(mode + ": starts");
    double[] startMillis;
    try (Loop loop = new Loop(clip);
        ServedProcess served = served(loop, mode, "0s")) {
      startMillis = starts(loop, served, mode.equals("process"));
    }
    System.err.println(mode + ": " + streams + " streams");
    try (Loop loop = new Loop(clip);
        ServedProcess served = served(loop, mode, "6s")) {
      return running(loop, served, mode, streams, startMillis);
    }
  }

  private static ServedProcess served(Loop loop, String mode, String delay) {
    return new ServedProcess(loop, mode, List.of("--translator", "passthrough", "--delay", delay));
  }

  private double[] starts(Loop loop, ServedProcess served, boolean archived) {
    double[] millis = new double[starts];
    for (int number = 0; number < starts; number++) {
      int stream = number;
      long fromNanos = System.nanoTime();
      served.ready(Loop.streamId(number));
      served
          .process()
          .awaitReady(
              "the first picture",
              START_LIMIT,
              () -> !loop.arrived(stream, TagKind.VIDEO).isEmpty());
      long firstNanos = loop.arrived(number, TagKind.VIDEO).get(0).arrivalNanos();
      millis[number] = (firstNanos - fromNanos) / 1e6;
      served.stop(Loop.streamId(number));
      if (number == 0 && archived) {
        served.awaitClassArchive();
      }
    }
    return millis;
  }

  private Result running(
      Loop loop, ServedProcess served, String mode, int streams, double[] startMillis) {
    long fromNanos = System.nanoTime();
    for (int number = 0; number < streams; number++) {
      served.ready(Loop.streamId(number));
    }
    loop.awaitPictures(served.process(), streams, ALL_LIMIT);
    double allSeconds = (System.nanoTime() - fromNanos) / 1e9;
    Timing.staysAliveFor(served.process(), Duration.ofSeconds(warmUpSeconds));
    long beginNanos = System.nanoTime();
    double before = served.ownUsage().plus(served.workersUsage()).cpuSeconds();
    Timing.staysAliveFor(served.process(), Duration.ofSeconds(seconds));
    ProcessUsage own = served.ownUsage();
    ProcessUsage workers = served.workersUsage();
    double streamSeconds = streams * (System.nanoTime() - beginNanos) / 1e9;
    return new Result(
        mode,
        streams,
        startMillis,
        allSeconds,
        own.residentBytes(),
        workers.residentBytes(),
        (own.plus(workers).cpuSeconds() - before) / streamSeconds);
  }

  private String facts() {
    StringBuilder text = new StringBuilder();
    MachineFacts.lines().forEach(line -> text.append("- ").append(line).append('\n'));
    return text.append("- `bench/worker-modes --processes ")
        .append(processes)
        .append(" --threads ")
        .append(threads)
        .append(" --seconds ")
        .append(seconds)
        .append(" --warm-up ")
        .append(warmUpSeconds)
        .append("`\n\n")
        .toString();
  }

  private static String table(List<Result> results) {
    StringBuilder text =
        new StringBuilder(
            "| workers | streams | start: first, then median of the others, ms | all on air after s"
                + " | orchestrator RSS MiB | RSS MiB per worker | CPU s per stream-second |\n|"
                + "---|".repeat(7)
                + "\n");
    for (Result result : results) {
      boolean apart = result.workersBytes() > 0;
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.0f, %.0f | %.1f | %.0f | %s | %.4f |%n",
              apart ? "processes" : "threads",
              result.streams(),
              result.startMillis()[0],
              medianOfOthers(result.startMillis()),
              result.allSeconds(),
              result.ownBytes() / MEBI,
              apart
                  ? String.format(
                      Locale.ROOT, "%.0f", result.workersBytes() / MEBI / result.streams())
                  : "in the orchestrator",
              result.cpuPerStreamSecond()));
    }
    return text.toString();
  }

  private static double medianOfOthers(double[] millis) {
    double[] others = Arrays.copyOfRange(millis, 1, millis.length);
    Arrays.sort(others);
    return others.length == 0 ? Double.NaN : others[others.length / 2];
  }
}
