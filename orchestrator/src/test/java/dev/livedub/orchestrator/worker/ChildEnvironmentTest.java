package dev.livedub.orchestrator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.worker.WorkerTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads the environment of real processes, as anybody with their user's rights can. */
class ChildEnvironmentTest {

  private static final String KEY = "S3CRET-key";

  @Test
  void of_aDub_holdsTheKeys() throws Exception {
    assertThat(environment(WorkerTask.dub("news")))
        .contains("GEMINI_API_KEY=" + KEY, "GOOGLE_API_KEY=" + KEY, "OTHER=kept");
  }

  @Test
  void of_aForwarder_holdsEverythingButTheKeys() throws Exception {
    List<String> environment = environment(WorkerTask.egress("news", "youtube"));
    assertThat(environment).contains("OTHER=kept", "MALLOC_ARENA_MAX=2");
    assertThat(environment).noneMatch(variable -> variable.contains(KEY));
  }

  private static List<String> environment(WorkerTask task) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("cat");
    builder.environment().remove("MALLOC_ARENA_MAX");
    builder.environment().put("GEMINI_API_KEY", KEY);
    builder.environment().put("GOOGLE_API_KEY", KEY);
    builder.environment().put("OTHER", "kept");
    ChildEnvironment.of(task, builder);
    Process process = builder.start();
    try {
      Path environ = Path.of("/proc", String.valueOf(process.pid()), "environ");
      return List.of(Files.readString(environ, StandardCharsets.UTF_8).split("\0"));
    } finally {
      process.destroyForcibly();
    }
  }
}
