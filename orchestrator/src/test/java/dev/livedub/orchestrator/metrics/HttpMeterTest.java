package dev.livedub.orchestrator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
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
}
