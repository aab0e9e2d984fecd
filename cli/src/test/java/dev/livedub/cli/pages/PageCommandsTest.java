package dev.livedub.cli.pages;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Types what the pages tell people to type, all but the runbook. */
@Tag("e2e")
@ParameterizedClass
@MethodSource("pages")
class PageCommandsTest extends PageCommandsContract {

  PageCommandsTest(String page) {
    super(page);
  }

  /** Those in which something can be run. */
  static Stream<String> pages() throws IOException {
    return Page.names().stream()
        .filter(name -> !name.equals(RunbookCommandsTest.RUNBOOK))
        .filter(name -> !runnable(name).isEmpty());
  }
}
