package dev.livedub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.config.ForwardSettings;
import dev.livedub.cli.config.ProcessSettings;
import dev.livedub.cli.doctor.DoctorSettings;
import dev.livedub.cli.serve.ServeSettings;
import dev.livedub.cli.sim.GeminiSimCommand;
import dev.livedub.core.config.Setting;
import dev.livedub.core.log.LogEvent;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSpec;
import dev.livedub.core.worker.SpecifiedMeter;
import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.lifecycle.LifecycleEvent;
import dev.livedub.orchestrator.metrics.EgressMeter;
import dev.livedub.orchestrator.metrics.HttpMeter;
import dev.livedub.orchestrator.metrics.OrchestratorMeter;
import dev.livedub.orchestrator.worker.HostEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the tables of the documentation to the lists in the code. */
class DocumentationTest {

  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void options_tableOfDub_isTheListOfSettings() throws IOException {
    List<String> expected =
        ProcessSettings.all().stream()
            .map(
                setting ->
                    optionRow(setting, setting == ProcessSettings.CONFIG ? "" : setting.key()))
            .toList();
    assertThat(optionRows("# Options of `livedub dub`")).containsExactlyElementsOf(expected);
  }

  @Test
  void options_tableOfServe_isTheListOfSettings() throws IOException {
    List<String> expected =
        ServeSettings.all().stream()
            .map(setting -> optionRow(setting, ServeSettings.placeInFile(setting)))
            .toList();
    assertThat(optionRows("# Options of `livedub serve`")).containsExactlyElementsOf(expected);
  }

  @Test
  void options_tableOfForward_isTheListOfSettings() throws IOException {
    List<String> expected =
        ForwardSettings.all().stream()
            .map(
                setting ->
                    optionRow(setting, setting == ProcessSettings.CONFIG ? "" : setting.key()))
            .toList();
    assertThat(optionRows("# Options of `livedub forward`")).containsExactlyElementsOf(expected);
  }

  @Test
  void options_tableOfDoctor_isWhatItHasBesideServes() throws IOException {
    List<Setting<?>> own = new ArrayList<>(DoctorSettings.all());
    assertThat(own).containsAll(ServeSettings.all());
    own.removeAll(ServeSettings.all());
    List<String> expected = own.stream().map(setting -> optionRow(setting, "")).toList();
    assertThat(optionRows("# Options of `livedub doctor`")).containsExactlyElementsOf(expected);
  }

  @Test
  void options_tableOfGeminiSim_isItsHelp() throws IOException {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    List<String> expected =
        new GeminiSimCommand(sim -> {}, nowhere, nowhere)
            .spec().options().stream()
                .filter(option -> !option.usageHelp())
                .map(
                    option ->
                        String.format(
                            "| `%s` | %s | %s |",
                            option.longestName(), option.paramLabel(), option.description()[0]))
                .toList();
    assertThat(optionRows("# Options of `livedub gemini-sim`")).containsExactlyElementsOf(expected);
  }

  @Test
  void options_exitCodes_areThoseOfTheCode() throws IOException {
    List<String> codes =
        rows("options.md", "| ").stream()
            .filter(row -> row.matches("\\| \\d+ \\|.*"))
            .map(row -> row.split("\\|")[1].strip())
            .toList();
    assertThat(codes)
        .containsExactlyElementsOf(
            Arrays.stream(ExitCode.values()).map(exit -> String.valueOf(exit.code())).toList());
  }

  @Test
  void metrics_tables_areTheListsOfMeters() throws IOException {
    assertThat(rows("metrics.md", "| `worker_")).containsExactlyElementsOf(rowsOf(Meter.values()));
    assertThat(rows("metrics.md", "| `egress_"))
        .containsExactlyElementsOf(rowsOf(EgressMeter.values()));
    List<String> orchestrator = new ArrayList<>(rowsOf(OrchestratorMeter.values()));
    orchestrator.addAll(rowsOf(HttpMeter.values()));
    assertThat(rows("metrics.md", "| `orchestrator_")).containsExactlyElementsOf(orchestrator);
  }

  @Test
  void logs_events_areThoseOfTheCode() throws IOException {
    Stream<String> worker =
        Arrays.stream(LogEvent.values())
            .map(event -> String.format("| `%s` | %s |", event.label(), event.description()));
    Stream<String> orchestrator =
        Arrays.stream(LifecycleEvent.values())
            .map(event -> String.format("| `%s` | %s |", event.label(), event.description()));
    Stream<String> hosts =
        Arrays.stream(HostEvent.values())
            .map(event -> String.format("| `%s` | %s |", event.label(), event.description()));
    assertThat(rows("logs.md", "| `"))
        .containsExactlyElementsOf(
            Stream.of(worker, orchestrator, hosts).flatMap(each -> each).toList());
  }

  @Test
  void httpApi_callsOfThePage_areThoseOfTheDescription() throws IOException {
    assertThat(callsOfThePage()).containsExactlyInAnyOrderElementsOf(callsDescribed());
  }

  @Test
  void httpApi_problemsOfThePage_areThoseOfTheCode() throws IOException {
    List<String> expected =
        Arrays.stream(ProblemCode.values())
            .map(
                code ->
                    String.format("| %d | `%s` | %s |", code.status(), code.code(), code.title()))
            .toList();
    assertThat(rows("http-api.md", "| ").stream().filter(row -> row.matches("\\| \\d{3} .*")))
        .containsExactlyElementsOf(expected);
  }

  /** Method and path of each call that the page names; "…/x" takes the place of the last part. */
  private static Set<String> callsOfThePage() throws IOException {
    Set<String> calls = new TreeSet<>();
    String last = "";
    Matcher span =
        Pattern.compile("`(?:((?:GET|POST|PATCH) )?(/[^`\\s]*)|…(/[^`\\s]+))`")
            .matcher(Files.readString(DOCS.resolve("http-api.md")));
    while (span.find()) {
      if (span.group(3) != null) {
        last = last.substring(0, last.lastIndexOf('/')) + span.group(3);
      } else {
        last = Objects.requireNonNullElse(span.group(1), "GET ") + span.group(2);
      }
      calls.add(last.replace("{id}", "{streamId}"));
    }
    return calls;
  }

  private static Set<String> callsDescribed() throws IOException {
    Path description =
        Path.of("../orchestrator/src/main/resources/dev/livedub/orchestrator/http/openapi.yaml");
    Set<String> calls = new TreeSet<>();
    String path = "";
    for (String line : Files.readAllLines(description)) {
      if (line.matches("  /.*:")) {
        path = line.strip().replaceFirst(":$", "");
      } else if (line.matches("    (?:get|post|patch):")) {
        calls.add(line.strip().replace(":", "").toUpperCase(Locale.ROOT) + " " + path);
      }
    }
    return calls;
  }

  /** The options in a page's part, which ends where the next one begins. */
  private static List<String> optionRows(String heading) throws IOException {
    return Files.readAllLines(DOCS.resolve("options.md")).stream()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("# Options of "))
        .filter(line -> line.startsWith("| `--"))
        .toList();
  }

  private static String optionRow(Setting<?> setting, String keyInFile) {
    return String.format(
        "| `%s` | `%s` | %s | %s | %s |",
        setting.flag(),
        setting.variable(),
        keyInFile.isEmpty() ? "" : "`" + keyInFile + "`",
        setting.expected() + (setting.kind() == Setting.Kind.LIST ? "; several" : ""),
        setting.defaultText());
  }

  private static List<String> rowsOf(SpecifiedMeter[] meters) {
    return Arrays.stream(meters).map(SpecifiedMeter::spec).map(DocumentationTest::row).toList();
  }

  private static String row(MeterSpec meter) {
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

  private static List<String> rows(String file, String start) throws IOException {
    return Files.readAllLines(DOCS.resolve(file)).stream()
        .filter(line -> line.startsWith(start))
        .toList();
  }
}
