package dev.livedub.cli.completion;

import dev.livedub.cli.command.CommandHelp;
import dev.livedub.core.config.Suggestion;
import dev.livedub.core.worker.ExitCode;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code livedub completion bash}: prints a script that completes commands, options and their
 * values, made of the command line itself.
 *
 * <p><b>Threading:</b> called once, by the main thread.
 */
public final class CompletionCommand implements Callable<Integer> {

  private static final String SHELL = "SHELL";

  /** One script is for both: zsh reads bash's completions by its own bashcompinit. */
  private static final List<String> SHELLS = List.of("bash", "zsh");

  private final PrintStream out;
  private final PrintStream err;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /** A command that is not part of a command line yet. */
  public CompletionCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** The command as picocli knows it. */
  public CommandSpec spec() {
    CommandHelp.describe(
        spec,
        "completion",
        "Print a script by which bash or zsh completes commands, options and values.",
        "",
        "Examples:",
        "  In this shell:",
        "    source <(livedub completion bash)",
        "  For everybody on this machine, with Debian's package bash-completion:",
        "    livedub completion bash > /usr/share/bash-completion/completions/livedub",
        "",
        "Exit codes: 0 printed, 2 usage.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .type(String.class)
            .paramLabel(SHELL)
            .description("bash or zsh.")
            .completionCandidates(SHELLS)
            .build());
    return spec;
  }

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    String shell = line.getParseResult().matchedPositionalValue(0, "");
    if (!SHELLS.contains(shell)) {
      err.println(
          "livedub: completion: SHELL = \""
              + shell
              + "\": expected one of "
              + String.join(", ", SHELLS)
              + Suggestion.hint(shell, SHELLS));
      return ExitCode.USAGE.code();
    }
    CommandLine root = spec.root().commandLine();
    out.print(AutoComplete.bash(root.getCommandName(), root));
    return ExitCode.CLEAN.code();
  }
}
