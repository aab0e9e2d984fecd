package dev.livedub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {

  @Test
  void of_thisProcess_agreesWithTheJvmsOwnCount() {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "needs Linux's /proc");
    double own =
        ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
    ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());
    assertThat(usage.cpuSeconds()).isCloseTo(own, within(own / 2));
    assertThat(usage.residentBytes()).isGreaterThan(10L << 20);
  }

  @Test
  void plus_addsBoth() {
    assertThat(new ProcessUsage(1, 10).plus(new ProcessUsage(2, 20)))
        .isEqualTo(new ProcessUsage(3, 30));
  }
}
