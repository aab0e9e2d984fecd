package dev.livedub.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.pages.Rule.Looked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Finds what a page tells people to type, and that there is a way to prove each of it. */
class PagesTest {

  static Stream<PageCommand> commands() throws IOException {
    List<PageCommand> all = new ArrayList<>();
    for (String page : Page.names()) {
      all.addAll(Page.read(page).commands());
    }
    return all.stream();
  }

  static Stream<PageCommand> commandsLookedAt() throws IOException {
    return commands()
        .filter(command -> Rules.fitting(command).stream().limit(1).anyMatch(PagesTest::isLooked));
  }

  @Test
  void parse_ofAPage_findsWhatIsTypedAndWhatIsNot() {
    Page page =
        Page.parse(
            "a.md",
            """
            Say `livedub dub --input a.mp4`, not `livedub dub` or `--input`.

                export A=b                   # a comment
                livedub dub --input a.mp4 \\
                    --output b.flv           an explanation
                curl http://h/#fragment

                {"not": "typed"}

            | look at | command |
            |---|---|
            | `neither` | `whatever \\| grep -E 'a\\|b'` |

            ```yaml
            key: value
            ```
            """);
    assertThat(page.commands())
        .extracting(PageCommand::text)
        .containsExactly(
            "livedub dub --input a.mp4",
            "export A=b",
            "livedub dub --input a.mp4 --output b.flv",
            "curl http://h/#fragment",
            "whatever | grep -E 'a|b'");
    assertThat(page.commands().get(2).settings()).containsExactly("export A=b");
    assertThat(page.commands().get(2).line()).isEqualTo(4);
    assertThat(page.blocks())
        .containsExactly(
            new PageBlock.Found("a.md", 8, "", "{\"not\": \"typed\"}"),
            new PageBlock.Found("a.md", 14, "yaml", "key: value"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_ofAPage_hasARule(PageCommand command) {
    assertThat(Rules.fitting(command)).as("rules for " + command).isNotEmpty();
  }

  @Test
  void rules_all_areNeeded() throws IOException {
    Set<Rule> used = new HashSet<>();
    commands().forEach(command -> Rules.fitting(command).stream().limit(1).forEach(used::add));
    assertThat(Rules.all()).allSatisfy(rule -> assertThat(used).contains(rule));
  }

  @ParameterizedTest
  @MethodSource("commandsLookedAt")
  void command_thatCannotBeRunHere_namesWhatThereIs(PageCommand command) throws Exception {
    Looked way = (Looked) Rules.fitting(command).get(0).way();
    assertThat(way.check().problems(command)).as(command.toString()).isEmpty();
  }

  @Test
  void blocks_ofAllPages_areThoseThatAreHeldToWhatTheyShow() throws IOException {
    List<PageBlock.Found> unknown = new ArrayList<>();
    for (String page : Page.names()) {
      Page.read(page).blocks().stream()
          .filter(found -> Arrays.stream(PageBlock.values()).noneMatch(found::is))
          .forEach(unknown::add);
    }
    assertThat(unknown).isEmpty();
  }

  private static boolean isLooked(Rule rule) {
    return rule.way() instanceof Looked;
  }
}
