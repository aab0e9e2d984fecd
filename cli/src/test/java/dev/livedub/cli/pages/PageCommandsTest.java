package dev.livedub.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.livedub.cli.pages.Rule.Runs;
import dev.livedub.testkit.thirdparty.ChildProcess;
import dev.livedub.testkit.thirdparty.MediaMtx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Types what the pages tell people to type, page by page and from top to bottom. */
@Tag("e2e")
@ParameterizedClass
@MethodSource("pages")
class PageCommandsTest {

  private final String page;
  private Scene scene;

  PageCommandsTest(String page) {
    this.page = page;
  }

  /** Those in which something can be run. */
  static Stream<String> pages() throws IOException {
    return Page.names().stream().filter(name -> !runnable(name).isEmpty());
  }

  @BeforeEach
  void setUp(@TempDir Path directory) throws IOException {
    assumeTrue(MediaMtx.executable().isPresent(), "no mediamtx on the PATH");
    if (!page.equals("docs/runbook.md")) {
      scene = new Scene(directory, "");
      return;
    }
    String token = directory.resolve("etc/livedub/secrets/api_token").toString();
    scene = new Scene(directory, "--token-file " + token);
    scene.sandbox().install();
  }

  @AfterEach
  void tearDown() {
    if (scene != null) {
      scene.close();
    }
  }

  @TestFactory
  Stream<DynamicNode> command_ofThePage_doesWhatThePageSays() throws IOException {
    return runnable(page).stream()
        .map(command -> dynamicTest(command.toString(), () -> run(command)));
  }

  private void run(PageCommand command) throws Exception {
    Runs way = (Runs) Rules.fitting(command).get(0).way();
    scene.servers().prepare(way.stage(), command);
    try (ChildProcess process = scene.sandbox().start(command, way.addition())) {
      if (way.until().isEmpty()) {
        int exit = process.awaitExit(Sandbox.limit());
        assertThat(way.exits()).as("%s%n%s", command, process.output()).contains(exit);
      } else {
        process.awaitLine(way.until(), Sandbox.limit());
      }
      assertThat(process.output()).as(command.toString()).containsPattern(way.shape());
    }
  }

  private static List<PageCommand> runnable(String name) {
    try {
      return Page.read(name).commands().stream()
          .filter(command -> Rules.fitting(command).get(0).way() instanceof Runs)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
