package dev.livedub.orchestrator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpMeterTest {

  @ParameterizedTest
  @EnumSource(HttpMeter.class)
  void forHttp_nothingHappened_showsEveryMeterAtZero(HttpMeter meter) {
    try (Measurements measurements = new Measurements()) {
      measurements.forHttp();
      List<String> labels =
          meter.labelName().isEmpty()
              ? List.of("")
              : meter.labelValues().stream()
                  .map(value -> "{" + meter.labelName() + "=\"" + value + "\"}")
                  .toList();
      String scrape = measurements.scrape();
      assertThat(scrape)
          .contains(
              "# HELP " + meter.metricName() + " " + meter.description() + "\n",
              "# TYPE "
                  + meter.metricName()
                  + " "
                  + meter.kind().name().toLowerCase(Locale.ROOT)
                  + "\n");
      assertThat(labels)
          .allSatisfy(label -> assertThat(scrape).contains(meter.metricName() + label + " 0.0\n"));
    }
  }

  @Test
  void metrics_table_isTheListOfMeters() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "metrics.md")).stream()
            .filter(line -> line.startsWith("| `orchestrator_http_"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(Arrays.stream(HttpMeter.values()).map(this::row).toList());
  }

  private String row(HttpMeter meter) {
    String values =
        meter.labelValues().stream().map(each -> "`" + each + "`").collect(Collectors.joining(" "));
    return String.format(
        "| `%s` | %s | %s | %s | %s |",
        meter.metricName(),
        meter.kind().name().toLowerCase(Locale.ROOT),
        meter.unit(),
        meter.labelName().isEmpty() ? "" : "`" + meter.labelName() + "`: " + values,
        meter.description());
  }
}
