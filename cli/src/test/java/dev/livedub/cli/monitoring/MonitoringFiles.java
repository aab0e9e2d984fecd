package dev.livedub.cli.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code docker/} says to Prometheus and Grafana, read as what it is. */
final class MonitoringFiles {

  static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  static final Path PROMETHEUS = TOP.resolve("docker/prometheus");
  static final Path DASHBOARD = TOP.resolve("docker/grafana/dashboards/livedub.json");

  private MonitoringFiles() {}

  /** The alerts, each as its map. */
  static List<Map<?, ?>> alerts() throws IOException {
    Map<?, ?> group = maps(at(load(PROMETHEUS.resolve("alerts.yml")), "groups")).get(0);
    return maps(at(group, "rules"));
  }

  /** The tests of the alerts, each as its map. */
  static List<Map<?, ?>> alertTests() throws IOException {
    return maps(at(load(PROMETHEUS.resolve("alerts_test.yml")), "tests"));
  }

  /** What the dashboard asks Prometheus. */
  static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>();
    for (Map<?, ?> panel : maps(at(load(DASHBOARD), "panels"))) {
      if (panel.containsKey("targets")) {
        maps(at(panel, "targets")).forEach(target -> queries.add(text(target, "expr")));
      }
    }
    return queries;
  }

  /** A value that must be there. */
  static Object at(Map<?, ?> map, String key) {
    return Objects.requireNonNull(map.get(key), () -> key + " is missing in " + map);
  }

  static String text(Map<?, ?> map, String key) {
    return at(map, key).toString();
  }

  static List<Map<?, ?>> maps(Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    ((List<?>) list).forEach(each -> maps.add((Map<?, ?>) each));
    return maps;
  }

  /** JSON is YAML too. */
  private static Map<?, ?> load(Path file) throws IOException {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    return (Map<?, ?>) Objects.requireNonNull(loaded);
  }
}
