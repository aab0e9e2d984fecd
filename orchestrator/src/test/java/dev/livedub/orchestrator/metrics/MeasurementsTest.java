package dev.livedub.orchestrator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeasurementsTest {

  private final Measurements measurements = new Measurements();

  @AfterEach
  void close() {
    measurements.close();
  }

  @ParameterizedTest
  @EnumSource(Meter.class)
  void forStream_nothingRecorded_showsEveryMeterAtZeroUnderItsExactName(Meter meter) {
    measurements.forStream("demo");

    List<String> labels =
        meter.labelName().isEmpty()
            ? List.of("{streamId=\"demo\"}")
            : meter.labelValues().stream().map(value -> labels(meter.labelName(), value)).toList();
    String sample = meter.kind() == Meter.Kind.HISTOGRAM ? "_count" : "";
    assertThat(lines())
        .contains(
            "# HELP " + meter.metricName() + " " + meter.description(),
            "# TYPE " + meter.metricName() + " " + meter.kind().name().toLowerCase(Locale.ROOT));
    for (String label : labels) {
      assertThat(value(meter.metricName() + sample + label)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Meter.class)
  void forStream_recordedOnce_showsIt(Meter meter) {
    MeterSink sink = measurements.forStream("demo");
    String name = meter.metricName();
    switch (meter.kind()) {
      case COUNTER -> {
        String label = meter.labelName().isEmpty() ? "" : meter.labelValues().get(0);
        sink.add(meter, label, 2);
        sink.add(meter, label, 3);
        String labels = label.isEmpty() ? "{streamId=\"demo\"}" : labels(meter.labelName(), label);
        assertThat(value(name + labels)).isEqualTo(5);
      }
      case GAUGE -> {
        sink.gauge(meter, () -> -1.5);
        System.gc(); // a registry that only weakly holds the source would lose it here
        assertThat(value(name + "{streamId=\"demo\"}")).isEqualTo(-1.5);
      }
      case HISTOGRAM -> {
        sink.record(meter, 40);
        sink.record(meter, 41);
        assertThat(value(name + "_count{streamId=\"demo\"}")).isEqualTo(2);
        assertThat(value(name + "_sum{streamId=\"demo\"}")).isEqualTo(81);
        assertThat(value(name + "_bucket{streamId=\"demo\",le=\"40.0\"}")).isEqualTo(1);
        assertThat(value(name + "_bucket{streamId=\"demo\",le=\"50.0\"}")).isEqualTo(2);
        assertThat(value(name + "_bucket{streamId=\"demo\",le=\"+Inf\"}")).isEqualTo(2);
      }
    }
  }

  @Test
  void scrape_processAndJvm_areThereUnderPrometheusNames() {
    assertThat(value("process_uptime_seconds")).isPositive();
    assertThat(value("process_resident_memory_bytes")).isGreaterThan(1e6);
    assertThat(value("jvm_threads_live_threads")).isPositive();
    assertThat(lines()).anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""));
  }

  @Test
  void add_labelThatDoesNotExist_isRefusedByValue() {
    MeterSink sink = measurements.forStream("demo");
    assertThatThrownBy(() -> sink.add(Meter.FALLBACK, "bored", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reason \"bored\"");
    assertThatThrownBy(() -> sink.record(Meter.FALLBACK, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HISTOGRAM");
  }

  @Test
  void removeStream_oneOfTwo_leavesTheOther() {
    measurements.forStream("one").add(Meter.BYTES, "in", 1);
    measurements.forStream("two").add(Meter.BYTES, "in", 2);

    measurements.removeStream("one");

    assertThat(lines()).noneMatch(line -> line.contains("streamId=\"one\""));
    assertThat(lines()).anyMatch(line -> line.contains("streamId=\"two\""));
    assertThat(measurements.forStream("one")).isNotNull();
    assertThat(lines()).contains("worker_bytes_total{direction=\"in\",streamId=\"one\"} 0.0");
  }

  private static String labels(String label, String value) {
    return label.compareTo("streamId") < 0
        ? "{" + label + "=\"" + value + "\",streamId=\"demo\"}"
        : "{streamId=\"demo\"," + label + "=\"" + value + "\"}";
  }

  private List<String> lines() {
    return measurements.scrape().lines().toList();
  }

  private double value(String sample) {
    List<String> found = lines().stream().filter(line -> line.startsWith(sample + " ")).toList();
    assertThat(found).as(sample).hasSize(1);
    return Double.parseDouble(found.get(0).substring(sample.length() + 1));
  }
}
