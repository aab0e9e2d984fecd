package dev.livedub.cli;

import dev.livedub.core.config.Suggestion;
import dev.livedub.core.log.MaskedUrl;
import dev.livedub.core.worker.ExitCode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code livedub} with its sub-commands, and what is said to a wrong command line. */
final class CommandTree {

  private static final String NAME = "livedub";

  private CommandTree() {}

  /** Builds the tree around its sub-commands. */
  static CommandLine of(List<CommandSpec> commands, PrintStream out, PrintStream err) {
    CommandSpec root = CommandSpec.create().name(NAME);
    root.version(
        NAME + " " + version(), "Java " + Runtime.version() + ", " + System.getProperty("os.arch"));
    root.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Show the version.")
            .build());
    root.usageMessage()
        .width(100)
        .description("Live dubbing of broadcast streams.")
        .footer("", "Help on one command: " + NAME + " COMMAND --help");
    commands.forEach(command -> root.addSubcommand(command.name(), command));
    CommandLine line = new CommandLine(root);
    line.setOut(new PrintWriter(out, true, Charset.defaultCharset()));
    line.setErr(new PrintWriter(err, true, Charset.defaultCharset()));
    line.setParameterExceptionHandler((failure, args) -> refuse(failure));
    line.setExecutionStrategy(
        parsed -> {
          if (parsed.hasSubcommand()
              || parsed.isUsageHelpRequested()
              || parsed.isVersionHelpRequested()) {
            return new CommandLine.RunLast().execute(parsed);
          }
          line.usage(line.getErr());
          return ExitCode.USAGE.code();
        });
    return line;
  }

  private static int refuse(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println(NAME + ": " + MaskedUrl.inText(message(failure)));
    err.println("Try: " + name + " --help");
    return ExitCode.USAGE.code();
  }

  private static String message(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      CommandSpec spec = failure.getCommandLine().getCommandSpec();
      return word.startsWith("-")
          ? "unknown option " + word + Suggestion.hint(word, spec.optionsMap().keySet())
          : "unexpected word " + word + Suggestion.hint(word, spec.subcommands().keySet());
    }
    return String.valueOf(failure.getMessage());
  }

  /** That of this build; {@code development} outside of a jar. */
  static String version() {
    String version = CommandTree.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
