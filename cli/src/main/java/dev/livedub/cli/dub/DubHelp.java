package dev.livedub.cli.dub;

import dev.livedub.cli.command.CommandHelp;
import dev.livedub.core.worker.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** The words of {@code livedub dub --help} besides the options. */
final class DubHelp {

  private DubHelp() {}

  static void describe(CommandSpec spec) {
    CommandHelp.describe(
        spec,
        "dub",
        "Dub one live stream.",
        "Pulls it, leaves the picture untouched, replaces or keeps the sound, pushes both in step.",
        "Every option is also an environment variable (--target-lang is LIVEDUB_TARGET_LANG) and a",
        "key of the defaults section of the --config file. Flags beat variables beat the file.",
        "Durations are written 250ms, 6s, 1m30s. Log and messages go to standard error.",
        "",
        "Examples:",
        "  Copy a stream, nothing decoded:",
        "    livedub dub --translator bypass --input rtsp://127.0.0.1:8554/live/demo/in \\",
        "      --output rtmp://127.0.0.1:1935/live/demo/out",
        "  Hear what would be dubbed as a tone, six seconds late, and watch how it goes:",
        "    livedub dub --translator tone --delay 6s --log-format text \\",
        "      --input rtsp://127.0.0.1:8554/live/demo/in --output out.flv --metrics-port 9100",
        "  Run a file through the whole path as fast as the machine can:",
        "    livedub dub --translator passthrough --fast --input in.mp4 --output out.mp4",
        "",
        "Exit codes: "
            + code(ExitCode.CLEAN, "clean end")
            + code(ExitCode.USAGE, "usage")
            + code(ExitCode.CONFIGURATION, "configuration")
            + code(ExitCode.INPUT_NOT_READY, "input not ready"),
        "  "
            + code(ExitCode.INPUT_CODEC_REFUSED, "input codec refused")
            + code(ExitCode.DESTINATION_REFUSED, "destination refused")
            + code(ExitCode.RETRIES_SPENT, "retries spent")
            + code(ExitCode.INTERNAL, "internal fault"));
    spec.usageMessage().abbreviateSynopsis(true);
  }

  private static String code(ExitCode exit, String words) {
    return exit.code() + " " + words + (exit == ExitCode.INTERNAL ? "" : ", ");
  }
}
