package dev.livedub.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.TestCommandLine;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the blocks of the pages that need no server to what there is. */
class PageBlocksTest {

  private static final Pattern DIRECTORY = Pattern.compile("(?m)^(\\w+)/");
  private static final Pattern NAME = Pattern.compile("\\w{3,}");
  private static final Pattern CLASS = Pattern.compile("\\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\\b");

  @TempDir Path directory;

  @Test
  void layout_ofTheTree_isTheDirectoriesThereAre() throws IOException {
    Set<String> told = names(DIRECTORY, PageBlock.LAYOUT.text(), 1);
    List<PathMatcher> ignored = ignoredDirectories();
    try (Stream<Path> files = Files.list(Page.TOP)) {
      Set<String> there =
          files
              .filter(Files::isDirectory)
              .map(Path::getFileName)
              .filter(name -> ignored.stream().noneMatch(each -> each.matches(name)))
              .map(Path::toString)
              .filter(name -> !name.startsWith("."))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(told).containsExactlyElementsOf(there);
    }
  }

  /** What builds and demonstrations leave in the tree, without being part of it. */
  private static List<PathMatcher> ignoredDirectories() throws IOException {
    return Files.readAllLines(Page.TOP.resolve(".gitignore")).stream()
        .filter(line -> line.endsWith("/"))
        .map(line -> "glob:" + line.substring(0, line.length() - 1))
        .map(FileSystems.getDefault()::getPathMatcher)
        .toList();
  }

  @Test
  void modules_inTheirOrder_areThoseOfTheBuild() throws IOException {
    String pom = Files.readString(Page.TOP.resolve("pom.xml"));
    Set<String> modules = names(Pattern.compile("<module>(\\w+)</module>"), pom, 1);
    assertThat(names(NAME, PageBlock.MODULES.text(), 0)).containsExactlyElementsOf(modules);
  }

  @Test
  void drawings_ofTheArchitecture_nameClassesThereAre() throws IOException {
    String drawn = PageBlock.WORKER_DRAWING.text() + PageBlock.ORCHESTRATOR_DRAWING.text();
    Set<String> sources = new TreeSet<>();
    for (String module : List.of("core", "media", "orchestrator")) {
      try (Stream<Path> files = Files.walk(Page.TOP.resolve(module).resolve("src/main/java"))) {
        files.forEach(file -> sources.add(file.getFileName().toString().replace(".java", "")));
      }
    }
    Set<String> classes = names(CLASS, drawn, 0);
    classes.remove("MediaMTX");
    assertThat(classes).hasSizeGreaterThan(20);
    assertThat(sources).containsAll(classes);
  }

  @Test
  void mediamtxsFile_ofTheDecision_isInTheFileThatComesWithLivedub() throws IOException {
    String settings = Files.readString(Page.TOP.resolve("mediamtx/mediamtx.yml"));
    PageBlock.MEDIAMTX_FILE.text().lines().forEach(line -> assertThat(settings).contains(line));
  }

  @Test
  void mistakes_ofDub_areToldAsThePageShows() throws IOException {
    Files.writeString(
        directory.resolve("livedub.yaml"), "defaults:\n  target-lang: es\n  delya: 6s\n");
    TestCommandLine line = new TestCommandLine();
    int exit =
        line.run(
            "dub",
            "--input",
            "a.mp4",
            "--output",
            "b.flv",
            "--delay",
            "90s",
            "--config",
            directory.resolve("livedub.yaml").toString());
    assertThat(exit).isEqualTo(10);
    assertThat(line.err().replace(directory + "/", "").lines())
        .containsExactlyInAnyOrderElementsOf(PageBlock.DUB_MISTAKES.text().lines().toList());
  }

  @Test
  void logLine_ofTheStart_hasTheFieldsThatThePageShows() throws IOException {
    Path input = Files.writeString(directory.resolve("a.mp4"), "");
    TestCommandLine line = new TestCommandLine();
    line.run(
        "dub",
        "--input",
        input.toString(),
        "--output",
        directory.resolve("b.flv").toString(),
        "--stream-id",
        "demo");
    String started =
        line.err().lines().filter(each -> each.contains("\"dub_started\"")).findFirst().orElse("");
    List<String> parts = List.of(PageBlock.LOG_LINE.text().split("…"));
    assertThat(parts).hasSize(2);
    assertThat(started).matches(shape(parts.get(0)) + ".*" + shape(parts.get(1)) + ".*");
  }

  /** A text, with the figures of another moment. */
  private static String shape(String text) {
    String figures = text.replaceAll("[0-9]+", "0").replaceFirst("}$", "");
    return Pattern.quote(figures).replace("0", "\\E[0-9]+\\Q");
  }

  private static Set<String> names(Pattern pattern, String text, int group) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
