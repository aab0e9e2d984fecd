package dev.livedub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Holds what the pages refer to, files and the command line, to what there is. */
class DocumentationReferencesTest {

  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern CODE_SPAN = Pattern.compile("`([^`\n]+)`");
  private static final Pattern COMMAND =
      Pattern.compile("^(?:\\w+=\\S+ )*(?:\\./)?livedub +([a-z][a-z-]*)(.*)$");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  private static final Map<String, CommandLine> COMMANDS = commandLine().getSubcommands();

  static Stream<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(TOP.resolve("README.md")));
    for (String page : List.of("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")) {
      pages.add(TOP.resolve(page));
    }
    try (Stream<Path> docs = Files.walk(TOP.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages.stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void links_relativeOnes_leadToFilesAndHeadings(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : links(Files.readString(page))) {
      if (!leadsSomewhere(page, link)) {
        broken.add(link);
      }
    }
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void options_ofLivedub_exist(Path page) throws IOException {
    assertThat(unknownWords(Files.readString(page))).isEmpty();
  }

  @Test
  void readme_linksAndCommands_areFoundByTheseChecks() throws IOException {
    String readme = Files.readString(TOP.resolve("README.md"));
    assertThat(links(readme)).contains("docs/options.md", "LICENSE");
    assertThat(codeLines(readme).filter(line -> COMMAND.matcher(line).matches())).isNotEmpty();
  }

  @Test
  void unknownWords_ofWrongCommandsAndOptions_areThose() {
    String page =
        """
        `--delay` and `--dealy`, `./test --quick`, `livedub sevre`

            ./livedub dub --input a.mp4 \\
                --outputs b.flv
            ./livedub demo --input a.mp4
        """;
    assertThat(unknownWords(page)).containsExactly("--dealy", "sevre", "--outputs", "--input");
  }

  @Test
  void leadsSomewhere_toMissingFileOrHeading_isFalse() throws IOException {
    Path readme = TOP.resolve("README.md");
    assertThat(leadsSomewhere(readme, "docs/options.md#exit-codes")).isTrue();
    assertThat(leadsSomewhere(readme, "docs/options.md#exit-code")).isFalse();
    assertThat(leadsSomewhere(readme, "docs/option.md")).isFalse();
  }

  private static List<String> links(String text) {
    return LINK.matcher(text)
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.contains("://"))
        .toList();
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    if (parts.length == 1 || !Files.isRegularFile(target)) {
      return parts.length == 1 && Files.exists(target);
    }
    return HEADING
        .matcher(Files.readString(target))
        .results()
        .map(heading -> anchor(heading.group(1)))
        .anyMatch(parts[1]::equals);
  }

  /** What a page's viewer makes of a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
  }

  private static List<String> unknownWords(String text) {
    return codeLines(text).flatMap(DocumentationReferencesTest::unknownWordsOfLine).toList();
  }

  private static Stream<String> unknownWordsOfLine(String code) {
    List<MatchResult> command = COMMAND.matcher(code).results().toList();
    if (command.isEmpty()) {
      boolean known =
          !code.startsWith("--") || COMMANDS.values().stream().anyMatch(each -> has(each, code));
      return known ? Stream.empty() : options(code);
    }
    CommandLine named = COMMANDS.get(command.get(0).group(1));
    return named == null
        ? Stream.of(command.get(0).group(1))
        : options(command.get(0).group(2)).filter(option -> !has(named, option));
  }

  private static boolean has(CommandLine command, String code) {
    CommandSpec spec = command.getCommandSpec();
    return options(code)
        .allMatch(
            option ->
                spec.findOption(option) != null || spec.negatedOptionsMap().containsKey(option));
  }

  private static Stream<String> options(String code) {
    return OPTION.matcher(code).results().map(MatchResult::group);
  }

  /** Code spans, and lines set off as code with those that continue them. */
  private static Stream<String> codeLines(String text) {
    String joined = text.replaceAll("\\\\\n\\s*", " ");
    return Stream.concat(
        CODE_SPAN.matcher(joined).results().map(span -> span.group(1)),
        joined.lines().filter(line -> line.startsWith("    ")).map(String::strip));
  }

  private static CommandLine commandLine() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Composition.commandLine(Map.of(), nowhere, nowhere);
  }
}
