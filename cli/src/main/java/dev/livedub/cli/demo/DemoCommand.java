package dev.livedub.cli.demo;

import dev.livedub.cli.command.CommandHelp;
import dev.livedub.cli.config.LogFormat;
import dev.livedub.cli.log.LogIdentity;
import dev.livedub.cli.log.Logging;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DurationText;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.core.worker.WorkerLauncher;
import dev.livedub.testkit.clip.ClipSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code livedub demo}: publishes a test clip to a server of its own, dubs it with tones, measures
 * what arrives at another server of its own, and says whether it is what livedub promises.
 *
 * <p><b>Threading:</b> called once, by the main thread.
 */
public final class DemoCommand implements Callable<Integer> {

  private static final ClipSpec CLIP =
      ClipSpec.builder().size(1280, 720).pictureBitRate(2_000_000).build();
  private static final int MIN_SECONDS = 5;
  private static final int MAX_SECONDS = 600;

  private final WorkerLauncher workers;
  private final TranslatorFactory translators;
  private final PrintStream out;
  private final PrintStream err;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /**
   * A command that is not part of a command line yet.
   *
   * @param translators makes the one that says tones
   */
  public DemoCommand(
      WorkerLauncher workers, TranslatorFactory translators, PrintStream out, PrintStream err) {
    this.workers = workers;
    this.translators = translators;
    this.out = out;
    this.err = err;
  }

  /** The command as picocli knows it. */
  public CommandSpec spec() {
    CommandHelp.describe(
        spec,
        "demo",
        "Show the whole thing on this machine; nothing else is needed.",
        "Publishes a 720p25 test clip to an RTSP server, dubs its speech with a 440 Hz tone, and"
            + " measures what reaches an RTMP server; all in this process, on loopback.",
        "Exit codes: 0 every bound held, 10 an option is wrong, 50 a bound was broken.");
    spec.addOption(CommandHelp.option("--seconds", "N", "How much is to be on air. Default: 20."));
    spec.addOption(CommandHelp.option("--delay", "TIME", "Playout delay. Default: 6s."));
    spec.addOption(
        CommandHelp.option(
            "--keep", "DIR", "Keep the recording (FLV) and the log in this directory."));
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    int seconds;
    Duration delay;
    Optional<Path> keep;
    try {
      seconds = seconds(value("--seconds").orElse("20"));
      delay =
          DurationText.parseWithin(
              value("--delay").orElse("6s"), Duration.ZERO, Duration.ofSeconds(60));
      keep = value("--keep").map(DemoCommand::directory);
    } catch (BadValueException e) {
      err.println("livedub: demo: expected " + e.expected());
      return ExitCode.CONFIGURATION.code();
    }
    Path directory = keep.isPresent() ? keep.get() : Files.createTempDirectory("livedub-demo");
    try {
      return play(Duration.ofSeconds(seconds), delay, directory, keep.isPresent());
    } finally {
      if (keep.isEmpty()) {
        delete(directory);
      }
    }
  }

  private int play(Duration onAir, Duration delay, Path directory, boolean kept)
      throws IOException, InterruptedException {
    out.printf(
        "Dubbing a test clip (720p25, 3 B-frames, AAC) with tones: %s on air, %s late%n",
        DurationText.format(onAir), DurationText.format(delay));
    Path log = directory.resolve("livedub.log");
    try (OutputStream lines = Files.newOutputStream(log);
        Logging logging = Logging.start(LogFormat.TEXT, LogIdentity.ofRun("demo"), lines, false);
        Progress progress = new Progress(err, onAir)) {
      Recording recording =
          new Stage(workers, delay, progress::show).play(CLIP, translators, onAir, directory);
      progress.say("measuring what came out");
      List<Finding> findings = new Judge(recording).findings();
      progress.close();
      return report(findings, recording, kept);
    } catch (DemoException e) {
      err.println("livedub: demo: " + e.getMessage());
      Files.readAllLines(log).forEach(line -> err.println("  " + line));
      return ExitCode.INTERNAL.code();
    }
  }

  private int report(List<Finding> findings, Recording recording, boolean kept) {
    out.println();
    out.print(FindingTable.of(findings));
    out.println();
    boolean holds = Judge.holds(findings);
    out.println(holds ? "Every bound held." : "A BOUND WAS BROKEN.");
    if (kept) {
      out.println("Kept: " + recording.file());
    }
    return holds ? ExitCode.CLEAN.code() : ExitCode.INTERNAL.code();
  }

  private Optional<String> value(String option) {
    return Optional.ofNullable(
        spec.commandLine().getParseResult().<String>matchedOptionValue(option, null));
  }

  private static int seconds(String text) {
    if (!text.matches("[0-9]{1,4}")
        || Integer.parseInt(text) < MIN_SECONDS
        || Integer.parseInt(text) > MAX_SECONDS) {
      throw new BadValueException(
          "--seconds to be a number from " + MIN_SECONDS + " to " + MAX_SECONDS);
    }
    return Integer.parseInt(text);
  }

  private static Path directory(String text) {
    try {
      return Files.createDirectories(Path.of(text));
    } catch (IOException | InvalidPathException e) {
      throw new BadValueException("--keep to be a directory that can be made");
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
