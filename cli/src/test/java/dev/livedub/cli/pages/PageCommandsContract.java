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
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Types what a page tells people to type, from top to bottom. */
abstract class PageCommandsContract {

  private final String page;
  private Scene scene;

  PageCommandsContract(String page) {
    this.page = page;
  }

  /** The machine of the page's reader, below {@code directory}. */
  Scene scene(Path directory) throws IOException {
    return new Scene(directory, "");
  }

  @BeforeEach
  void setUp(@TempDir Path directory) throws IOException {
    assumeTrue(MediaMtx.executable().isPresent(), "no mediamtx on the PATH");
    scene = scene(directory);
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

  /** The commands of a page that can be run. */
  static List<PageCommand> runnable(String name) {
    try {
      return Page.read(name).commands().stream()
          .filter(command -> Rules.fitting(command).get(0).way() instanceof Runs)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
