package dev.livedub.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.pages.Rule.Looked;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Finds what a page tells people to type, and that there is a way to prove each of it. */
class PagesTest {

  private static final Pattern NAME = Pattern.compile("[a-z]+(?:_[a-z]+)+");

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

  @Test
  void runbook_eachSymptom_endsInACommand() throws IOException {
    List<String> lines = Files.readAllLines(Page.TOP.resolve("docs/runbook.md"));
    Set<Integer> withCommand =
        Page.read("docs/runbook.md").commands().stream()
            .map(PageCommand::line)
            .collect(Collectors.toSet());
    List<Integer> symptoms =
        IntStream.rangeClosed(1, lines.size())
            .filter(number -> lines.get(number - 1).matches("\\| (?!look at ).*"))
            .boxed()
            .toList();
    assertThat(symptoms).hasSizeGreaterThan(30);
    assertThat(withCommand).containsAll(symptoms);
    assertThat(lines.stream().filter(line -> line.startsWith("## ")))
        .containsExactly(
            "## Nothing plays",
            "## Worker cannot pull",
            "## A/V drift",
            "## Gaps in the dub",
            "## Translation silent",
            "## Cost");
  }

  @Test
  void runbook_whatIsSearchedFor_isInTheListsOfEventsMetricsAndProblems() throws IOException {
    StringBuilder documented = new StringBuilder();
    for (String page : List.of("docs/logs.md", "docs/metrics.md", "docs/http-api.md")) {
      documented.append(Files.readString(Page.TOP.resolve(page)));
    }
    List<String> sought =
        Page.read("docs/runbook.md").commands().stream()
            .filter(command -> command.text().contains("grep "))
            .flatMap(
                command -> NAME.matcher(command.text().replaceFirst("^.*?grep ", "")).results())
            .map(MatchResult::group)
            .toList();
    assertThat(sought).contains("worker_ended", "max_workers", "worker_fallback_total");
    assertThat(sought)
        .allMatch(
            name ->
                documented.indexOf(name) >= 0
                    // What Java and the machine are measured by is documented by its beginning.
                    || documented.indexOf("`" + name.replaceFirst("_[a-z]+$", "_*") + "`") >= 0);
  }

  private static boolean isLooked(Rule rule) {
    return rule.way() instanceof Looked;
  }
}
