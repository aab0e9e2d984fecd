package dev.livedub.bench.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reports of dubs that went on at once, side by side, as a section of a page. */
final class SoakTable {

  private SoakTable() {}

  static String text(String command, List<String> facts, Map<SoakScenario, SoakReport> reports) {
    List<String> lines = new ArrayList<>();
    lines.add("Written by `" + command + "`.");
    lines.add("");
    facts.forEach(fact -> lines.add("- " + fact));
    lines.add("");
    String names =
        reports.keySet().stream()
            .map(scenario -> "`" + scenario.word() + "`")
            .collect(Collectors.joining(" | "));
    lines.add("| what | bound | " + names + " |");
    lines.add("|---|---|" + "---|".repeat(reports.size()));
    List<SoakReport.Row> first = reports.values().iterator().next().rows();
    for (int i = 0; i < first.size(); i++) {
      int row = i;
      String measured =
          reports.values().stream()
              .map(report -> report.rows().get(row).measured())
              .collect(Collectors.joining(" | "));
      lines.add(
          "| " + first.get(i).what() + " | " + first.get(i).bound() + " | " + measured + " |");
    }
    lines.add("");
    reports.forEach(
        (scenario, report) -> lines.add("- `" + scenario.word() + "`: " + report.verdict()));
    return String.join("\n", lines) + "\n";
  }
}
