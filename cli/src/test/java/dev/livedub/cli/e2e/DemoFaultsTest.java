package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code livedub demo --faults}, which takes as long as the rest of {@code livedub demo}. */
@Tag("e2e")
class DemoFaultsTest {

  @TempDir Path directory;

  @Test
  void demo_withFaults_getsOverEachOfThem() throws Exception {
    try (DemoProcess demo = new DemoProcess(directory, Map.of(), "--faults")) {
      String table = demo.awaitSuccess();
      assertThat(table)
          .contains(
              "the connection to the translation is cut",
              "the translation says nothing any more",
              "the publisher is gone for 3 s",
              "the destination hangs up and is away for 2 s",
              "the worker's process is killed")
          .doesNotContain("FAILED", "it did not pass");
      assertThat(directory.resolve("dubbed-3.flv")).as("of the second worker").exists();
    }
  }
}
