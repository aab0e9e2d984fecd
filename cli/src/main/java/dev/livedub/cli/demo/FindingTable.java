package dev.livedub.cli.demo;

import java.util.List;
import java.util.Locale;

/** Lays findings out as a table for a terminal; plain ASCII, so that it looks the same anywhere. */
final class FindingTable {

  private FindingTable() {}

  static String of(List<Finding> findings) {
    int what = width(findings.stream().map(Finding::what).toList());
    int measured = width(findings.stream().map(Finding::measured).toList());
    int bound = width(findings.stream().map(Finding::bound).toList());
    String pattern = "  %-" + what + "s   %-" + measured + "s   %-" + bound + "s   %s%n";
    StringBuilder table = new StringBuilder();
    table.append(String.format(Locale.ROOT, pattern, "what", "measured", "bound", ""));
    table
        .append("  ")
        .append("-".repeat(what + measured + bound + 13))
        .append(System.lineSeparator());
    for (Finding finding : findings) {
      table.append(
          String.format(
              Locale.ROOT,
              pattern,
              finding.what(),
              finding.measured(),
              finding.bound(),
              word(finding.verdict())));
    }
    return table.toString();
  }

  private static int width(List<String> words) {
    return Math.max(8, words.stream().mapToInt(String::length).max().orElse(0));
  }

  private static String word(Finding.Verdict verdict) {
    return switch (verdict) {
      case PASS -> "ok";
      case FAIL -> "FAILED";
      case INFO -> "";
    };
  }
}
