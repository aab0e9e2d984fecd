package dev.livedub.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the JMH benchmarks and keeps what they found together with what machine it was found on: as
 * JSON, and as a table in the documentation.
 */
final class Steps {

  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private Steps() {}

  /**
   * Runs them.
   *
   * @param args the JSON file, the page with the section {@code steps}, then JMH's own options
   */
  public static void main(String[] args)
      throws CommandLineOptionException, RunnerException, IOException {
    List<String> all = List.of(args);
    Path json = Path.of(all.get(0));
    Path page = Path.of(all.get(1));
    CommandLineOptions asked =
        new CommandLineOptions(all.subList(2, all.size()).toArray(String[]::new));
    List<String> machine = MachineFacts.lines();
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().parent(asked).addProfiler(GCProfiler.class).build()).run();
    if (results.isEmpty()) {
      return;
    }
    Files.writeString(json, json(machine, results));
    MarkdownSection.replace(page, "steps", table(machine, results));
  }

  private static String json(List<String> machine, Collection<RunResult> results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    String facts =
        machine.stream()
            .map(line -> '"' + line.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .collect(Collectors.joining(", "));
    return "{\"machine\": ["
        + facts
        + "],\n\"results\": "
        + bytes.toString(StandardCharsets.UTF_8).strip()
        + "}\n";
  }

  private static String table(List<String> machine, Collection<RunResult> results) {
    String facts = machine.stream().map(line -> "- " + line + "\n").collect(Collectors.joining());
    String rows =
        results.stream()
            .sorted(Comparator.comparing(result -> result.getParams().getBenchmark()))
            .map(Steps::row)
            .collect(Collectors.joining());
    return facts
        + "\n| step | time | error | unit | B allocated |\n|"
        + "---|".repeat(5)
        + "\n"
        + rows;
  }

  private static String row(RunResult result) {
    Result<?> time = result.getPrimaryResult();
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATION);
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | ± %.2f | %s | %s |%n",
        result.getParams().getBenchmark().replaceAll("^.*\\.(\\w+\\.\\w+)$", "$1"),
        time.getScore(),
        time.getScoreError(),
        time.getScoreUnit(),
        allocated == null ? "–" : String.format(Locale.ROOT, "%.0f", allocated.getScore()));
  }
}
