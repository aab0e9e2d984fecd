package dev.livedub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.config.EnvironmentLayer;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.SettingLayer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** One environment serves all commands: none may trip over a variable of another one. */
class VariablesOfCommandsTest {

  /** Those that read no variables. */
  private static final Set<String> WITHOUT_VARIABLES = Set.of("demo", "gemini-sim", "completion");

  static Stream<String> variables() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Composition.commandLine(Map.of(), nowhere, nowhere).getSubcommands().entrySet().stream()
        .filter(entry -> !WITHOUT_VARIABLES.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .filter(command -> !command.getCommandSpec().usageMessage().hidden())
        .flatMap(VariablesOfCommandsTest::variablesOf)
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("variables")
  void environment_variableOfSomeCommand_isNoMistakeForAnother(String variable) {
    SettingLayer layer =
        EnvironmentLayer.read(Map.of(variable, "x", "LIVEDUB_DELYA", "1s"), List.of());
    assertThat(layer.problems()).extracting(ConfigProblem::key).containsExactly("LIVEDUB_DELYA");
  }

  private static Stream<String> variablesOf(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .filter(option -> !option.usageHelp())
        .map(option -> option.longestName().substring(2))
        .map(name -> "LIVEDUB_" + name.replace('-', '_').toUpperCase(Locale.ROOT))
        .collect(Collectors.toSet())
        .stream();
  }
}
