package dev.livedub.cli.dub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.SignalProgram;
import dev.livedub.cli.SignalProgram.Behaviour;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes, ended by real signals. */
class SignalTest {

  private @Nullable Process process;

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @EnumSource(Behaviour.class)
  void terminate_workerOnAir_endsWithZeroInTime(Behaviour behaviour) throws Exception {
    Process started = start(behaviour);
    BufferedReader log = started.errorReader();
    awaitLine(log, "\"event\":\"on_air\"");

    long askedNanos = System.nanoTime();
    // SIGTERM; Process.destroy would close our end of the log as well.
    started.toHandle().destroy();
    boolean ended = started.waitFor(20, TimeUnit.SECONDS);
    Duration took = Duration.ofNanos(System.nanoTime() - askedNanos);

    String rest = log.lines().collect(Collectors.joining("\n"));
    assertThat(ended).isTrue();
    assertThat(started.exitValue()).as(rest).isZero();
    assertThat(took).isLessThan(Duration.ofSeconds(5));
    assertThat(rest).contains("\"event\":\"stop_requested\"");
    assertThat(rest)
        .contains(
            behaviour == Behaviour.OBEDIENT
                ? "\"event\":\"dub_ended\""
                : "\"event\":\"stop_timeout\"");
  }

  @Test
  void start_anyCommand_isQuick() throws Exception {
    // The bound is generous: it is meant to find a scan of the class path, not a slow machine.
    Process started = start(Behaviour.OBEDIENT);
    awaitLine(started.errorReader(), "\"event\":\"on_air\"");
    assertThat(started.toHandle().info().totalCpuDuration().orElseThrow())
        .isLessThan(Duration.ofSeconds(4));
  }

  private Process start(Behaviour behaviour) throws IOException {
    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SignalProgram.class.getName(),
                behaviour.name())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process = started;
    return started;
  }

  private static void awaitLine(BufferedReader log, String wanted) throws IOException {
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.contains(wanted)) {
        return;
      }
    }
    throw new AssertionError("the log ended without " + wanted);
  }
}
