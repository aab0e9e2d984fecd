package dev.livedub.cli.pages;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Types what the runbook tells operators to type, on a machine where livedub is installed. */
@Tag("e2e")
class RunbookCommandsTest extends PageCommandsContract {

  static final String RUNBOOK = "docs/runbook.md";

  RunbookCommandsTest() {
    super(RUNBOOK);
  }

  @Override
  Scene scene(Path directory) throws IOException {
    String token = directory.resolve("etc/livedub/secrets/api_token").toString();
    Scene scene = new Scene(directory, "--token-file " + token);
    scene.sandbox().install();
    return scene;
  }
}
