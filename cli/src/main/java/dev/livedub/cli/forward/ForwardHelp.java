package dev.livedub.cli.forward;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The words of {@code livedub forward --help} besides the options. */
final class ForwardHelp {

  private ForwardHelp() {}

  static void describe(CommandSpec spec) {
    spec.name("forward");
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    UsageMessageSpec usage = spec.usageMessage();
    usage.width(100).sortOptions(false).abbreviateSynopsis(true);
    usage.header("Forward one live stream elsewhere, as it is.");
    usage.description(
        "Pulls it and pushes it to every output, nothing decoded. No output waits for another; one",
        "that is lost is connected again.",
        "");
    usage.footer(
        "",
        "Every option is also an environment variable (--output is LIVEDUB_OUTPUT) and a key of the",
        "forward section of the --config file. Flags beat variables beat the file. Log and messages",
        "go to standard error.",
        "",
        "Example, with the stream keys out of sight:",
        "    livedub forward --input rtmp://127.0.0.1:1935/live/demo/out \\",
        "      --output-file /run/secrets/youtube_url",
        "",
        "Exit codes: 0 clean end, 2 usage, 10 configuration, 20 input not ready,",
        "  21 input codec refused, 30 destination refused, 40 retries spent, 50 internal fault.",
        "  An output that was given up tells its code even if the others ended cleanly.");
  }
}
