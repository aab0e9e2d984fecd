package dev.livedub.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets Prometheus' own tool judge what {@code docker/prometheus} says. */
@Tag("e2e")
class PromtoolTest {

  @TempDir Path directory;

  @Test
  void alerts_theirTests_pass() throws Exception {
    assertThat(promtool("test", "rules", "alerts_test.yml")).contains("SUCCESS");
  }

  @Test
  void configuration_asItIs_isUnderstood() throws Exception {
    assertThat(promtool("check", "config", "--syntax-only", "prometheus.yml")).contains("SUCCESS");
  }

  /** The dashboard's queries as rules, which are only loaded if they can be parsed. */
  @Test
  void dashboard_itsQueries_areUnderstood() throws Exception {
    StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
    List<String> queries = MonitoringFiles.queries();
    assertThat(queries).isNotEmpty();
    for (int i = 0; i < queries.size(); i++) {
      rules.append("      - record: query:").append(i).append('\n');
      rules.append("        expr: '").append(queries.get(i).replace("'", "''")).append("'\n");
    }
    Path file = directory.resolve("dashboard.yml");
    Files.writeString(file, rules);
    assertThat(promtool("check", "rules", file.toString()))
        .contains(queries.size() + " rules found");
  }

  private static String promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(MonitoringFiles.PROMETHEUS.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
