package dev.livedub.bench.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, so that its memory shows nothing else. */
final class LeakCheckTest {

  @Test
  @Timeout(value = 240, unit = TimeUnit.SECONDS)
  void main_thirtyReconnectsOfEach_staysFlat(@TempDir Path directory) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs Linux's /proc");
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LeakCheck.class.getName(),
                "30",
                "30",
                "15")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(220, TimeUnit.SECONDS);
      String said = Files.readString(output, StandardCharsets.UTF_8);

      assertThat(ended).as(said).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      assertThat(said).contains("| source | 30 |", "| destination | 30 |");
    } finally {
      process.destroyForcibly();
    }
  }
}
