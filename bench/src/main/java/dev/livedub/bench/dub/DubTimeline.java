package dev.livedub.bench.dub;

import dev.livedub.bench.Distribution;
import dev.livedub.bench.MarkdownSection;
import dev.livedub.testkit.measure.DubReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Dubs every scenario in virtual time and prints where the dub lay.
 *
 * <p>Options: {@code --minutes N} (30), {@code --seed N} (7), {@code --page FILE} with a section
 * {@code dub-timeline} to write the table to. Ends with 1 if a bound does not hold.
 */
public final class DubTimeline {

  /** Bounds of the lag, early or late. */
  static final double MEDIAN_MILLIS = 300;

  static final double P95_MILLIS = 1_000;

  /** With a delay that is chosen, at most so many of the utterances may come too late. */
  static final double MOST_LATE = 0.05;

  /** An utterance that comes later than this before its time cannot be on time. */
  static final double LEAST_SLACK_MILLIS = 250;

  private DubTimeline() {}

  public static void main(String[] args) {
    List<String> words = Arrays.asList(args);
    Duration length =
        Duration.ofMinutes(option(words, "--minutes").map(Long::parseLong).orElse(30L));
    long seed = option(words, "--seed").map(Long::parseLong).orElse(7L);
    List<String> rows = new ArrayList<>();
    boolean holds = true;
    for (VirtualScenario scenario : VirtualScenario.all()) {
      Row row = Row.of(scenario, seed, length);
      System.out.println(row.text());
      rows.add(row.text());
      holds &= row.holds();
    }
    String table =
        "Written by `bench/dub-timeline --minutes %d --seed %d`.%n%n%s%n%s%n"
            .formatted(length.toMinutes(), seed, Row.HEADER, String.join("\n", rows));
    option(words, "--page")
        .ifPresent(page -> MarkdownSection.replace(Path.of(page), "dub-timeline", table));
    System.exit(holds ? 0 : 1);
  }

  private static Optional<String> option(List<String> words, String name) {
    int at = words.indexOf(name);
    return at < 0 || at + 1 == words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
  }

  /**
   * What came of a scenario.
   *
   * @param onTime the utterances that could be on time
   * @param late how many others there were
   * @param lateMillis by how much the dub of those was later than it had to be, p95
   * @param firstWaitMillis time from arrival to air in the first quarter, median
   * @param lastWaitMillis the same in the last
   * @param mostDelaySeconds longest playout delay
   * @param lastDelaySeconds playout delay at the end
   */
  record Row(
      VirtualScenario scenario,
      DubReport onTime,
      int late,
      double lateMillis,
      double firstWaitMillis,
      double lastWaitMillis,
      double mostDelaySeconds,
      double lastDelaySeconds) {

    static final String HEADER =
        "| scenario | utterances | lag p50, ms | p95, ms | largest, ms | came too late | those, later"
            + " than they had to be, p95, ms | syllables missing, repeated, broken, out of order | wait from"
            + " arrival to air, first and last quarter, ms | delay, longest and last, s"
            + " |\n|---|---|---|---|---|---|---|---|---|---|";

    static Row of(VirtualScenario scenario, long seed, Duration length) {
      VirtualDub dub = new VirtualDub(scenario, seed);
      DubReport report = dub.dub(length, (first, source, mixed) -> {});
      double[] slack = dub.slackMillis(report);
      List<DubReport.Lag> onTime = new ArrayList<>();
      List<Double> later = new ArrayList<>();
      double[] waits = new double[slack.length];
      for (int i = 0; i < slack.length; i++) {
        DubReport.Lag lag = report.lags().get(i);
        double lagMillis = lag.lagMicros() / 1e3;
        waits[i] = slack[i] + lagMillis;
        if (slack[i] >= LEAST_SLACK_MILLIS) {
          onTime.add(lag);
        } else {
          later.add(waits[i]);
        }
      }
      int quarter = Math.max(1, waits.length / 4);
      return new Row(
          scenario,
          new DubReport(
              report.spoken(),
              report.missing(),
              report.repeated(),
              report.broken(),
              report.disordered(),
              onTime),
          later.size(),
          later.isEmpty() ? 0 : quantile(later.stream().mapToDouble(each -> each).toArray(), 0.95),
          quantile(Arrays.copyOf(waits, quarter), 0.5),
          quantile(Arrays.copyOfRange(waits, waits.length - quarter, waits.length), 0.5),
          dub.delaysMicros().stream().mapToLong(each -> each).max().orElse(0) / 1e6,
          dub.delaysMicros().get(dub.delaysMicros().size() - 1) / 1e6);
    }

    private static double quantile(double[] values, double fraction) {
      return new Distribution(values).quantile(fraction);
    }

    boolean holds() {
      boolean near = onTime.lagMillis(0.5) <= MEDIAN_MILLIS && onTime.lagMillis(0.95) <= P95_MILLIS;
      return scenario.outgrowsDelay()
          || (near
              && onTime.missing().isEmpty()
              && onTime.repeated().isEmpty()
              && onTime.disordered() == 0
              && (scenario.delay().isFixed() || latePart() <= MOST_LATE));
    }

    /** What part of the utterances came too late. */
    double latePart() {
      return (double) late / Math.max(1, onTime.lags().size() + late);
    }

    String text() {
      return String.format(
          Locale.ROOT,
          "| %s | %d | %.0f | %.0f | %.0f | %d | %s | %d, %d, %d, %d | %.0f, %.0f | %.1f, %.1f |",
          scenario.title(),
          onTime.lags().size() + late,
          onTime.lagMillis(0.5),
          onTime.lagMillis(0.95),
          onTime.lagMillis(1),
          late,
          late == 0 ? "–" : String.format(Locale.ROOT, "%.0f", lateMillis),
          onTime.missing().size(),
          onTime.repeated().size(),
          onTime.broken(),
          onTime.disordered(),
          firstWaitMillis,
          lastWaitMillis,
          mostDelaySeconds,
          lastDelaySeconds);
    }
  }
}
