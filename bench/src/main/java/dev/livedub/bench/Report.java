package dev.livedub.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Results as Markdown. */
final class Report {

  private static final double MEBI = 1024 * 1024;

  private Report() {}

  /**
   * The table of latencies.
   *
   * @param peer name of the candidate that the ratios are against
   */
  static String latency(List<LatencyBench.Result> results, String peer) {
    Distribution base =
        results.stream()
            .filter(result -> result.name().equals(peer))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no result of " + peer))
            .latencyMillis();
    String rows =
        results.stream().map(result -> latencyRow(result, base)).collect(Collectors.joining());
    return "| | mean ms | median ms | p95 ms | max ms | median and p95 against "
        + peer
        + " | pictures | start s | CPU s per s | RSS MiB |\n|"
        + "---|".repeat(10)
        + "\n"
        + rows;
  }

  /**
   * The table of many streams.
   *
   * @param results runs with one stream come before those with more of the same name
   */
  static String capacity(List<CapacityBench.Result> results) {
    String rows =
        results.stream().map(result -> capacityRow(result, results)).collect(Collectors.joining());
    return "| | streams | CPU s per stream-second | RSS MiB | MiB per further stream |"
        + " missing sound frames | late sound frames | latest ms | missing pictures |"
        + " reconnects |\n|"
        + "---|".repeat(10)
        + "\n"
        + rows;
  }

  private static String latencyRow(LatencyBench.Result result, Distribution base) {
    Distribution millis = result.latencyMillis();
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f | %.0f | %.2f, %.2f | %d | %.1f | %.4f | %.0f |%n",
        result.name(),
        millis.mean(),
        millis.quantile(0.5),
        millis.quantile(0.95),
        millis.max(),
        millis.quantile(0.5) / base.quantile(0.5),
        millis.quantile(0.95) / base.quantile(0.95),
        millis.count(),
        result.startSeconds(),
        result.cpuPerSecond(),
        result.residentBytes() / MEBI);
  }

  private static String capacityRow(
      CapacityBench.Result result, List<CapacityBench.Result> results) {
    OptionalDouble further =
        results.stream()
            .filter(other -> other.name().equals(result.name()) && other.streams() == 1)
            .map(result::bytesPerFurtherStream)
            .flatMapToDouble(OptionalDouble::stream)
            .findFirst();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.4f | %.0f | %s | %d | %d | %.0f | %d | %d |%n",
        result.name(),
        result.streams(),
        result.cpuPerStreamSecond(),
        result.residentBytes() / MEBI,
        further.isPresent() ? String.format(Locale.ROOT, "%.1f", further.getAsDouble() / MEBI) : "",
        result.missingSoundFrames(),
        result.lateSoundFrames(),
        result.latestSoundMillis(),
        result.missingPictures(),
        result.reconnects());
  }
}
