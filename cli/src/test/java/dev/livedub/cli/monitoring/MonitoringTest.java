package dev.livedub.cli.monitoring;

import static dev.livedub.cli.monitoring.MonitoringFiles.at;
import static dev.livedub.cli.monitoring.MonitoringFiles.maps;
import static dev.livedub.cli.monitoring.MonitoringFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds alerts and dashboard to the documented metrics, to each other and to the runbook. */
class MonitoringTest {

  private static final Pattern NAME = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b|\\bpaths\\b");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern GROUPED =
      Pattern.compile("\\b(?:by|on|ignoring|without) *\\([^)]*\\)");
  private static final Pattern CODE_SPAN = Pattern.compile("`([a-z]+(?:_[a-z]+)*(?:_\\*)?)[`{]");
  private static final Set<String> FUNCTIONS =
      Set.of("label_replace", "histogram_quantile", "max_over_time");

  @Test
  void metrics_ofAlertsAndDashboard_areDocumented() throws IOException {
    Set<String> unknown = new TreeSet<>();
    for (String expression : expressions().toList()) {
      unknown.addAll(metrics(expression));
    }
    assertThat(unknown).contains("worker_fallback_total", "orchestrator_streams", "paths");
    Set<String> documented = documented();
    unknown.removeIf(name -> isDocumented(name, documented));
    assertThat(unknown).isEmpty();
  }

  @Test
  void isDocumented_ofAMistypedMetric_isFalse() throws IOException {
    Set<String> documented = documented();
    assertThat(metrics("rate(worker_falback_total{reason!=\"muted_x\"}[5m])"))
        .containsExactly("worker_falback_total")
        .noneMatch(name -> isDocumented(name, documented));
    assertThat(isDocumented("worker_added_latency_ms_bucket", documented)).isTrue();
    assertThat(isDocumented("jvm_memory_used_bytes", documented)).isTrue();
  }

  @Test
  void alerts_all_areInTheTableOfThePageInTheirOrder() throws IOException {
    List<String> rows =
        Files.readAllLines(MonitoringFiles.TOP.resolve("docs/metrics.md")).stream()
            .filter(line -> line.matches("\\| `[A-Z]\\w+` \\|.*"))
            .map(line -> line.split("`")[1])
            .toList();
    assertThat(rows).containsExactlyElementsOf(names());
  }

  @Test
  void alerts_all_leadToASectionOfTheRunbook() throws IOException {
    List<String> sections =
        Files.readAllLines(MonitoringFiles.TOP.resolve("docs/runbook.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).toLowerCase(Locale.ROOT))
            .map(line -> line.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
            .toList();
    for (Map<?, ?> alert : MonitoringFiles.alerts()) {
      String runbook = text((Map<?, ?>) at(alert, "annotations"), "runbook");
      assertThat(runbook).startsWith("docs/runbook.md#");
      assertThat(sections).contains(runbook.substring(runbook.indexOf('#') + 1));
    }
  }

  @Test
  void alerts_all_areTestedToFireAndToBeSilent() throws IOException {
    Set<String> fired = new HashSet<>();
    Set<String> silent = new HashSet<>();
    for (Map<?, ?> test : MonitoringFiles.alertTests()) {
      for (Map<?, ?> moment : maps(at(test, "alert_rule_test"))) {
        (moment.containsKey("exp_alerts") ? fired : silent).add(text(moment, "alertname"));
      }
    }
    assertThat(fired).containsExactlyInAnyOrderElementsOf(names());
    assertThat(silent).containsExactlyInAnyOrderElementsOf(names());
  }

  private static List<String> names() throws IOException {
    return MonitoringFiles.alerts().stream().map(alert -> text(alert, "alert")).toList();
  }

  private static Stream<String> expressions() throws IOException {
    return Stream.concat(
        MonitoringFiles.alerts().stream().map(alert -> text(alert, "expr")),
        MonitoringFiles.queries().stream());
  }

  private static Set<String> metrics(String expression) {
    String bare = GROUPED.matcher(QUOTED.matcher(expression).replaceAll("")).replaceAll("");
    Set<String> found = new TreeSet<>();
    NAME.matcher(bare).results().map(MatchResult::group).forEach(found::add);
    found.removeAll(FUNCTIONS);
    return found;
  }

  /** The names that the page writes as code; one that ends in a star stands for many. */
  private static Set<String> documented() throws IOException {
    String page = Files.readString(MonitoringFiles.TOP.resolve("docs/metrics.md"));
    Set<String> found = new HashSet<>();
    CODE_SPAN.matcher(page).results().map(each -> each.group(1)).forEach(found::add);
    return found;
  }

  private static boolean isDocumented(String name, Set<String> documented) {
    String histogram = name.replaceFirst("_(bucket|sum|count)$", "");
    return documented.contains(name)
        || documented.contains(histogram)
        || documented.stream()
            .filter(each -> each.endsWith("_*"))
            .anyMatch(each -> name.startsWith(each.substring(0, each.length() - 1)));
  }
}
