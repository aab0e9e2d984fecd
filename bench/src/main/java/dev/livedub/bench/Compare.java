package dev.livedub.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures livedub and its peers side by side, on this machine, in one run. */
@Command(
    name = "bench/compare",
    mixinStandardHelpOptions = true,
    description = "Measures livedub and its peers side by side.")
final class Compare implements Callable<Integer> {

  private static final Duration LATENCY_WARM_UP = Duration.ofSeconds(10);
  private static final Duration PUBLISHER_SLACK = Duration.ofSeconds(150);
  private static final List<String> COPY = List.of("-c", "copy");
  private static final List<String> ENCODE_SOUND = List.of("-c:v", "copy", "-c:a", "aac");

  @Option(names = "--seconds", description = "Length of each measurement (${DEFAULT-VALUE}).")
  private int seconds = 20;

  @Option(
      names = "--warm-up",
      description =
          "Seconds before each measurement of many streams (${DEFAULT-VALUE}): the JIT compiler"
              + " works for about a minute.")
  private int warmUpSeconds = 60;

  @Option(
      names = "--streams",
      split = ",",
      description = "How many streams in one JVM, one run each (${DEFAULT-VALUE}); 0 for none.")
  private List<Integer> streams = List.of(1, 10, 25, 50, 75, 100);

  @Option(
      names = "--peer-streams",
      split = ",",
      description = "How many ffmpeg processes, one run each (${DEFAULT-VALUE}); 0 for none.")
  private List<Integer> peerStreams = List.of(10, 50);

  @Option(
      names = "--sound",
      description =
          "PROGRAMME: recorded speech over music, or NOISE: pink noise, the cheapest to encode"
              + " (${DEFAULT-VALUE}). Noise is measured for many streams only.")
  private BenchClip.Sound sound = BenchClip.Sound.PROGRAMME;

  @Option(names = "--skip", description = "Candidates whose name matches are left out.")
  private Pattern skipped = Pattern.compile("(?!)");

  @Option(names = "--page", description = "Page to write the results into; else only printed.")
  private @Nullable Path page;

  @Option(names = "--clips", description = "Where clips are kept between runs.")
  private Path clips = Path.of("bench/target/clips");

  private boolean failed;

  private Compare() {}

  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Compare()).setCaseInsensitiveEnumValuesAllowed(true);
    int code = line.execute(args);
    System.exit(code);
  }

  @Override
  public Integer call() {
    Duration window = Duration.ofSeconds(seconds);
    Duration warmUp = Duration.ofSeconds(warmUpSeconds);
    Path clip = BenchClip.of(clips, window.plus(warmUp).plus(PUBLISHER_SLACK), sound);
    if (sound == BenchClip.Sound.PROGRAMME) {
      show("machine", machine());
      show("latency", latency(new LatencyBench(clip, LATENCY_WARM_UP, window)));
      show("streams", capacity(new CapacityBench(clip, warmUp, window)));
    } else {
      show("machine-noise", machine());
      show("streams-noise", capacity(new CapacityBench(clip, warmUp, window)));
    }
    return failed ? 1 : 0;
  }

  private void show(String section, String text) {
    System.out.println(text);
    if (page != null && !text.isEmpty()) {
      MarkdownSection.replace(page, section, text);
    }
  }

  private String machine() {
    return MachineFacts.lines().stream()
            .map(line -> "- " + line + "\n")
            .collect(Collectors.joining())
        + "- `bench/compare --sound "
        + sound.name().toLowerCase(Locale.ROOT)
        + " --seconds "
        + seconds
        + " --warm-up "
        + warmUpSeconds
        + " --streams "
        + joined(streams)
        + " --peer-streams "
        + joined(peerStreams)
        + "`\n";
  }

  private String latency(LatencyBench bench) {
    List<String> direct = List.of("--delay", "0s");
    Candidate copy = Candidate.ffmpeg(COPY);
    List<Candidate> candidates =
        List.of(
            Candidate.livedub("livedub bypass", with(direct, "--translator", "bypass")),
            Candidate.livedub("livedub passthrough", with(direct, "--translator", "passthrough")),
            copy,
            Candidate.ffmpeg(ENCODE_SOUND),
            Candidate.gstreamer());
    List<LatencyBench.Result> results = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (skipped.matcher(candidate.name()).find()) {
        continue;
      }
      System.err.println("latency: " + candidate.name());
      results.add(bench.run(candidate));
    }
    return results.isEmpty() ? "" : Report.latency(results, copy.name());
  }

  private String capacity(CapacityBench bench) {
    List<CapacityBench.Result> results = new ArrayList<>();
    for (int count : some(streams)) {
      attempt(
          results,
          "streams in one JVM: " + count,
          () -> bench.livedub(count, List.of("--translator", "passthrough")));
    }
    for (int count : some(peerStreams)) {
      attempt(
          results,
          "ffmpeg processes: " + count,
          () -> bench.peer(Candidate.ffmpeg(ENCODE_SOUND), count));
    }
    return Report.capacity(results);
  }

  /** Takes a run that fails, such as too many streams for the machine, out of the table. */
  private void attempt(
      List<CapacityBench.Result> results, String what, Supplier<CapacityBench.Result> run) {
    System.err.println(what);
    try {
      CapacityBench.Result result = run.get();
      System.err.println(result);
      results.add(result);
    } catch (IllegalStateException e) {
      failed = true;
      System.err.println(what + " could not be measured: " + e.getMessage());
    }
  }

  private static List<String> with(List<String> options, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return all;
  }

  private static List<Integer> some(List<Integer> counts) {
    return counts.stream().filter(count -> count > 0).toList();
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
