package dev.livedub.cli.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.TestCommandLine;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForwardCommandTest {

  private static final String INPUT = "rtsp://127.0.0.1:8554/live/demo/out";
  private static final String OUTPUT = "rtmps://live.example/app/SECRET";

  @TempDir Path directory;
  private final TestCommandLine line = new TestCommandLine();

  @Test
  void forward_inputAndOutput_areCopiedWithoutDelay() {
    assertThat(forward("--input", INPUT, "--output", OUTPUT)).isZero();

    DubConfig config = line.config();
    assertThat(config.streamId()).isEqualTo("demo");
    assertThat(config.input()).isEqualTo(INPUT);
    assertThat(config.outputs()).containsExactly(OUTPUT);
    assertThat(config.translator()).isEqualTo(TranslatorKind.BYPASS);
    assertThat(config.delay()).isEqualTo(PlayoutDelay.fixed(Duration.ZERO));
    assertThat(config.readyTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.reconnectTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(line.err())
        .contains("\"event\":\"forward_started\"", "\"event\":\"forward_ended\"", "/app/***")
        .doesNotContain("SECRET");
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void forward_workerThatEnds_givesItsExitCode(ExitCode exit) {
    line.exit = exit;
    assertThat(forward("--input", INPUT, "--output", OUTPUT)).isEqualTo(exit.code());
    assertThat(line.err()).contains("\"exitCode\":" + exit.code());
  }

  @Test
  void forward_launcherThatThrows_isInternal() {
    line.failure = new IllegalStateException("broken");
    assertThat(forward("--input", INPUT, "--output", OUTPUT)).isEqualTo(50);
  }

  @Test
  void forward_flagsEnvironmentAndFile_countInTheirOrder() throws Exception {
    Path file =
        file(
            "defaults: { delay: 6s }",
            "forward:",
            "  ready-timeout: 3s",
            "  reconnect-timeout: 3s",
            "  stream-id: three",
            "  output: [ " + OUTPUT + ", rtmp://127.0.0.1/a/b ]");
    line.environment.put("LIVEDUB_READY_TIMEOUT", "2s");
    line.environment.put("LIVEDUB_RECONNECT_TIMEOUT", "2s");
    line.environment.put("LIVEDUB_TRANSLATOR", "tone");

    assertThat(forward("--input", INPUT, "--config", file.toString(), "--ready-timeout", "1s"))
        .isZero();
    assertThat(line.config().readyTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(line.config().reconnectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(line.config().streamId()).isEqualTo("three");
    assertThat(line.config().outputs()).containsExactly(OUTPUT, "rtmp://127.0.0.1/a/b");
  }

  @Test
  void forward_outputFiles_areReadLineByLine() throws Exception {
    Path secrets = file("# ours", "", "  " + OUTPUT + "  ", "rtmp://127.0.0.1/a/b");
    assertThat(forward("--input", INPUT, "--output", "x.flv", "--output-file", secrets.toString()))
        .isZero();
    assertThat(line.config().outputs()).containsExactly("x.flv", OUTPUT, "rtmp://127.0.0.1/a/b");
    assertThat(line.err()).doesNotContain("SECRET");
  }

  @Test
  void forward_outputFilesThatAreWrong_areNamedByLineWithoutShowingThem() throws Exception {
    Path wrong = file(OUTPUT, "SECRET", "http://h/SECRET");
    Path none = file("# nothing");
    Path missing = directory.resolve("missing");
    int code =
        forward(
            "--input", INPUT,
            "--output", OUTPUT,
            "--output-file", wrong.toString(),
            "--output-file", none.toString(),
            "--output-file", missing.toString());

    assertThat(code).isEqualTo(10);
    assertThat(line.err().lines())
        .contains(
            "livedub: output-file (" + none + "): expected a file with at least one output",
            "livedub: output-file ("
                + missing
                + "): expected a readable file with one output a line")
        .anyMatch(each -> each.startsWith("livedub: output-file (" + wrong + " line 2): expected "))
        .anyMatch(each -> each.startsWith("livedub: output-file (" + wrong + " line 3): expected "))
        .anyMatch(each -> each.contains("each output once"))
        .hasSize(5);
    assertThat(line.err()).doesNotContain("SECRET");
  }

  @Test
  void forward_mistakes_areReportedTogether() throws Exception {
    Path file = file("forward:", "  delay: 3s");
    line.environment.put("LIVEDUB_INPTU", "x");
    assertThat(forward("--config", file.toString(), "--ready-timeout", "0s")).isEqualTo(10);
    assertThat(line.err().lines())
        .anyMatch(each -> each.startsWith("livedub: input (not set)"))
        .anyMatch(each -> each.startsWith("livedub: output (not set)"))
        .anyMatch(each -> each.contains("ready-timeout = \"0s\" (--ready-timeout)"))
        .anyMatch(each -> each.contains("delay (" + file + " line 2)"))
        .anyMatch(each -> each.contains("LIVEDUB_INPTU"))
        .hasSize(5);
    assertThat(forward("--translator", "tone")).isEqualTo(2);
    assertThat(forward("--input", INPUT, "--output", INPUT)).isEqualTo(10);
  }

  @Test
  void forward_help_isOnStandardOut() {
    assertThat(forward("--help")).isZero();
    assertThat(line.out()).contains("--output-file=FILE", "Exit codes:");
  }

  @Test
  void forward_metrics_tellOfEachDestination() {
    line.status = forwarding(List.of(output(true, 700, 2), output(false, 0, 0)));
    assertThat(
            forward(
                "--input",
                INPUT,
                "--output",
                OUTPUT,
                "--output",
                "rtmp://127.0.0.1/a/b",
                "--metrics-port",
                "0"))
        .isZero();
    assertThat(line.measured)
        .containsEntry("demo 1 forwarding", 1L)
        .containsEntry("demo 1 wrote", 700L)
        .containsEntry("demo 1 reconnected", 2L)
        .containsEntry("demo 2 forwarding", 0L)
        .containsEntry("demo 2 wrote", 0L);
    assertThat(line.metricsClosed).isTrue();

    line.metricsFailure = new IOException("in use");
    assertThat(forward("--input", INPUT, "--output", OUTPUT, "--metrics-port", "0")).isEqualTo(10);
  }

  private static WorkerStatus.OutputStatus output(
      boolean connected, long bytesWritten, long reconnects) {
    return new WorkerStatus.OutputStatus("", connected, bytesWritten, reconnects, 0);
  }

  private static WorkerStatus forwarding(List<WorkerStatus.OutputStatus> outputs) {
    WorkerStatus idle = TestCommandLine.idle();
    return new WorkerStatus(
        WorkerStatus.State.RUNNING,
        idle.reason(),
        idle.onAirMicros(),
        idle.inputBitsPerSecond(),
        idle.outputBitsPerSecond(),
        idle.delayMillis(),
        idle.videoQueueMillis(),
        idle.audioQueueMillis(),
        idle.avSyncDeltaMillis(),
        idle.slots(),
        idle.translator(),
        idle.background(),
        idle.inputDiscontinuities(),
        idle.inputReconnects(),
        idle.live(),
        outputs);
  }

  private int forward(String... flags) {
    String[] words = new String[flags.length + 1];
    words[0] = "forward";
    System.arraycopy(flags, 0, words, 1, flags.length);
    return line.run(words);
  }

  private Path file(String... lines) throws IOException {
    Path file = Files.createTempFile(directory, "forward", ".yaml");
    return Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
  }
}
