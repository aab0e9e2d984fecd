package dev.livedub.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.TestCommandLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Has a real bash complete what a person has typed so far. */
class CompletionCommandTest {

  @TempDir Path directory;
  private final TestCommandLine line = new TestCommandLine();

  @BeforeEach
  void setUp() throws IOException {
    assertThat(line.run("completion", "bash")).as(line.err()).isZero();
    Files.writeString(directory.resolve("script"), line.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "du                      | dub",
        "completion z            | zsh",
        "dub --target-l          | --target-lang",
        "dub --translator p      | passthrough",
        "dub --fallback ducked   | ducked-original",
        "forward --output-f      | --output-file",
      })
  void bash_afterTheScript_completesWhatWasTyped(String typed, String expected) throws Exception {
    assertThat(complete("livedub " + typed)).containsExactly(expected);
  }

  @Test
  void bash_withNothingTyped_offersEveryCommand() throws Exception {
    assertThat(complete("livedub ")).contains("dub", "forward", "completion");
  }

  @Test
  void bash_whereThereIsNothing_offersNothing() throws Exception {
    assertThat(complete("livedub dub --no-such-opt")).isEmpty();
  }

  @Test
  void shell_thatIsNoneOfThese_isRefusedWithWhatIsExpected() {
    assertThat(line.run("completion", "bahs")).isEqualTo(2);
    assertThat(line.err())
        .contains("SHELL = \"bahs\": expected one of bash, zsh; did you mean bash?");
    assertThat(line.run("completion")).isEqualTo(2);
  }

  /** What bash offers at the end of a line, as its own machinery calls the script. */
  private List<String> complete(String text) throws IOException, InterruptedException {
    String driver =
        """
        # Only readline may use this builtin; what it sets is whether file names are offered besides.
        compopt() { :; }
        source "$1"
        function=$(complete -p livedub | sed -n 's/.*-F \\([^ ]*\\).*/\\1/p')
        COMP_LINE=$2 COMP_POINT=${#2}
        read -ra COMP_WORDS <<<"$2"
        case "$2" in *' ') COMP_WORDS+=('') ;; esac
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        "$function"
        [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Process bash =
        new ProcessBuilder(
                "bash", "-c", driver, "bash", directory.resolve("script").toString(), text)
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.lines().map(String::strip).toList();
  }
}
