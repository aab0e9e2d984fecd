package dev.livedub.testkit.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildProcessTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void close_ofAProcessThatIgnoresSigterm_leavesNoProcess() {
    ChildProcess child = shell("trap '' TERM; echo on; while :; do sleep 1; done");
    child.awaitLine("on", LIMIT);
    ProcessHandle handle = ProcessHandle.of(child.pid()).orElseThrow();

    child.close();

    assertThat(handle.isAlive()).isFalse();
  }

  @Test
  void awaitLine_ofAProcessThatEnds_failsWithItsOutput() {
    try (ChildProcess child = shell("echo broken >&2; exit 3")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> child.awaitLine("ready", LIMIT))
          .withMessageContaining("ended with 3");
      assertThat(child.awaitExit(LIMIT)).isEqualTo(3);
      assertThat(child.output()).contains("broken");
    }
  }

  @Test
  void awaitReady_thatNeverHolds_failsAtItsLimit() {
    try (ChildProcess child = shell("sleep 60")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> child.awaitReady("a miracle", Duration.ofMillis(50), () -> false))
          .withMessageContaining("a miracle");
    }
  }

  @Test
  void terminate_ofAProcessThatHandlesIt_showsItsOwnExitCode() {
    try (ChildProcess child = shell("trap 'exit 7' TERM; echo on; while :; do sleep 0.05; done")) {
      child.awaitLine("on", LIMIT);
      child.terminate();
      assertThat(child.awaitExit(LIMIT)).isEqualTo(7);
    }
  }

  @Test
  void start_ofAMissingProgram_namesIt() {
    assertThatThrownBy(
            () ->
                ChildProcess.start(
                    "nothing", Path.of("/"), Map.of(), List.of("/nonexistent/program")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("/nonexistent/program");
  }

  private static ChildProcess shell(String script) {
    return ChildProcess.start("shell", Path.of("/"), Map.of(), List.of("sh", "-c", script));
  }
}
