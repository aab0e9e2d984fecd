package dev.livedub.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How every command introduces itself. */
public final class CommandHelp {

  private static final int WIDTH = 100;

  private CommandHelp() {}

  /**
   * Names a command, gives it {@code --help}, and says what it is; its options keep the order in
   * which they are added.
   *
   * @param header one sentence
   * @param description further lines
   * @param footer lines below the options
   */
  public static void describe(
      CommandSpec spec, String name, String header, String description, String... footer) {
    spec.name(name);
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    String[] below = new String[footer.length + 1];
    below[0] = "";
    System.arraycopy(footer, 0, below, 1, footer.length);
    spec.usageMessage()
        .width(WIDTH)
        .sortOptions(false)
        .header(header)
        .description(description, "")
        .footer(below);
  }

  /** An option with one value, as text. */
  public static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description)
        .build();
  }
}
