package dev.livedub.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.config.LogFormat;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.worker.JavaCommand;
import dev.livedub.orchestrator.worker.WorkerMaker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerCommandTest {

  @TempDir Path dir;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private boolean ended;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--task a.dub",
        "--state-dir /tmp",
        "--state-dir /tmp --task ../a",
        "--state-dir /tmp --task",
        "--help me",
        "--state-dir /tmp --task a.dub --log-format xml",
      })
  void run_notTheOrchestratorsWords_isRefused(String words) {
    assertThat(run(List.of(words.split(" ")))).isEqualTo(ExitCode.USAGE.code());
    assertThat(err()).startsWith("livedub: worker is started by livedub serve alone; expected ");
  }

  @Test
  void run_noOrchestrator_endsAtOnceAndSaysSo() {
    assertThat(run(List.of("--state-dir", dir.toString(), "--task", "news.dub"))).isZero();
    assertThat(err()).contains("\"event\":\"worker_without_order\"", "\"streamId\":\"news\"");
    assertThat(ended).isTrue();
  }

  @Test
  void run_taskOfAnotherStateDirectory_isAnInternalFault() {
    Path nowhere = dir.resolve("nowhere");
    assertThat(run(List.of("--state-dir", nowhere.toString(), "--task", "news.dub")))
        .isEqualTo(ExitCode.INTERNAL.code());
  }

  @Test
  void command_asThisProcess_namesTheCommandAndNoTask() {
    JavaCommand command = WorkerJvm.command(LogFormat.TEXT);
    assertThat(command.java()).isExecutable();
    assertThat(command.program())
        .containsSubsequence("worker", "--log-format", "text")
        .doesNotContain(WorkerTask.dub("news").leaseName());
  }

  @Test
  void options_ofAWorker_includeTheProgramsOwn() throws IOException {
    List<String> own =
        Files.readAllLines(Path.of("jvm.options")).stream()
            .filter(line -> line.startsWith("-"))
            .toList();
    assertThat(own).isNotEmpty();
    assertThat(WorkerJvm.OPTIONS).containsAll(own);
  }

  private int run(List<String> words) {
    WorkerMaker none =
        new WorkerMaker(
            (config, translators, meters, captions) -> {
              throw new AssertionError("there is no order");
            },
            Map.of());
    WorkerPorts ports = new WorkerPorts(none, none, () -> ended = true);
    return new WorkerCommand(ports, new PrintStream(err, true, StandardCharsets.UTF_8)).run(words);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
