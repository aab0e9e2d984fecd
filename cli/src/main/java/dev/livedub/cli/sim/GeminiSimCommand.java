package dev.livedub.cli.sim;

import dev.livedub.cli.command.CommandHelp;
import dev.livedub.cli.command.WaitNote;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DurationText;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.testkit.gemini.GeminiSim;
import dev.livedub.testkit.gemini.GeminiSimOptions;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.fault.FaultScript;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code livedub gemini-sim}: a server on this machine that behaves like Gemini Live Translate and
 * fails on demand; also writes source speech that it understands.
 *
 * <p><b>Threading:</b> called once, by the main thread.
 */
public final class GeminiSimCommand implements Callable<Integer> {

  private static final int SOURCE_RATE_HZ = 48_000;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_SESSIONS = 10_000;
  private static final Duration MAX_WAV = Duration.ofHours(5);
  private static final Duration MAX_LIFE = Duration.ofHours(24);

  private final Serving serving;
  private final PrintStream out;
  private final PrintStream err;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /** What is done while the simulator runs; it is closed when this returns. */
  @FunctionalInterface
  public interface Serving {
    /** Waits for the end. */
    void serve(GeminiSim sim) throws InterruptedException;
  }

  /** A command that is not part of a command line yet. */
  public GeminiSimCommand(Serving serving, PrintStream out, PrintStream err) {
    this.serving = serving;
    this.out = out;
    this.err = err;
  }

  /** The command as picocli knows it. */
  public CommandSpec spec() {
    CommandHelp.describe(
        spec,
        "gemini-sim",
        "Simulate the Gemini Live translation service on this machine.",
        "Listens on 127.0.0.1, takes any key, and answers speech with speech-like sound about 3.3 s"
            + " later. Fails on demand, by script or over HTTP.",
        "Examples:",
        "  Dub against it, without a key:",
        "    livedub gemini-sim --port 9099",
        "    livedub dub --translator gemini --gemini-url ws://127.0.0.1:9099 --input in.mp4"
            + " --output out.mp4",
        "  With faults, ordered before anybody connects:",
        "    livedub gemini-sim --script faults.jsonl",
        "",
        "Exit codes: 0 ended by a signal, 10 an option is wrong.");
    spec.addOption(
        CommandHelp.option("--port", "N", "Port to listen on; 0 for any free one. Default: 9099."));
    spec.addOption(
        CommandHelp.option(
            "--script", "FILE", "Order the faults in this file, one in JSON a line."));
    spec.addOption(CommandHelp.option("--seed", "N", "Seed of everything random. Default: 1."));
    spec.addOption(
        CommandHelp.option("--lag", "TIME", "How late the translation comes. Default: 3.3s."));
    spec.addOption(CommandHelp.option("--life", "TIME", "From set-up to goAway. Default: 9m."));
    spec.addOption(
        CommandHelp.option("--time-left", "TIME", "From goAway to the close. Default: 50s."));
    spec.addOption(
        CommandHelp.option("--sessions", "N", "How many sessions at once. Default: 1000."));
    spec.addOption(
        CommandHelp.option(
            "--write-source",
            "FILE",
            "Write source speech that the simulator understands (WAV, 48 kHz mono), and end."));
    spec.addOption(
        CommandHelp.option("--length", "TIME", "How much --write-source writes. Default: 1m."));
    return spec;
  }

  @Override
  public Integer call() throws InterruptedException {
    GeminiSimOptions options;
    List<FaultPlan> faults;
    Optional<Path> source;
    Duration length;
    try {
      options = options();
      source = value("--write-source").map(text -> path("--write-source", text));
      length = duration("--length", "1m", MAX_WAV);
      faults = value("--script").map(GeminiSimCommand::script).orElse(List.of());
    } catch (BadValueException e) {
      err.println("livedub: gemini-sim: expected " + e.expected());
      return ExitCode.CONFIGURATION.code();
    }
    if (source.isPresent()) {
      return write(source.get(), length, options.seed());
    }
    return serve(options, faults);
  }

  private int write(Path file, Duration length, long seed) {
    try (WaitNote note = WaitNote.on(file + " to be written", err)) {
      new MarkedSource(SOURCE_RATE_HZ, seed).writeWav(file, length);
      out.println("Written: " + file + ", " + DurationText.format(length));
      return ExitCode.CLEAN.code();
    } catch (IOException e) {
      err.println(
          "livedub: gemini-sim: --write-source = \"" + file + "\": expected a file to write; " + e);
      return ExitCode.CONFIGURATION.code();
    }
  }

  private int serve(GeminiSimOptions options, List<FaultPlan> faults) throws InterruptedException {
    try (GeminiSim sim = GeminiSim.start(options)) {
      sim.order(faults);
      out.println("Gemini Live simulator: " + sim.url());
      out.println("Control and record:    http://127.0.0.1:" + sim.port() + "/control/record");
      if (!faults.isEmpty()) {
        out.println("Faults ordered:        " + faults.size());
      }
      serving.serve(sim);
      return ExitCode.CLEAN.code();
    } catch (UncheckedIOException e) {
      err.println("livedub: gemini-sim: " + String.valueOf(e.getMessage()));
      return ExitCode.CONFIGURATION.code();
    }
  }

  private GeminiSimOptions options() {
    return GeminiSimOptions.builder()
        .port((int) number("--port", "9099", 0, MAX_PORT))
        .seed(number("--seed", "1", 0, Long.MAX_VALUE))
        .lag(
            DurationText.parseWithin(
                value("--lag").orElse("3300ms"), Duration.ofMillis(1_500), Duration.ofMinutes(1)))
        .life(duration("--life", "9m", MAX_LIFE), duration("--time-left", "50s", MAX_LIFE))
        .concurrencyCap((int) number("--sessions", "1000", 0, MAX_SESSIONS))
        .build();
  }

  private Optional<String> value(String option) {
    return Optional.ofNullable(
        spec.commandLine().getParseResult().<String>matchedOptionValue(option, null));
  }

  private Duration duration(String option, String otherwise, Duration most) {
    return DurationText.parseWithin(value(option).orElse(otherwise), Duration.ofSeconds(1), most);
  }

  private long number(String option, String otherwise, long least, long most) {
    String text = value(option).orElse(otherwise);
    if (text.matches("[0-9]{1,18}")
        && Long.parseLong(text) >= least
        && Long.parseLong(text) <= most) {
      return Long.parseLong(text);
    }
    throw new BadValueException(option + " to be a number from " + least + " to " + most);
  }

  private static List<FaultPlan> script(String text) {
    try {
      return FaultScript.parse(Files.readString(path("--script", text)));
    } catch (IOException e) {
      throw new BadValueException("--script to be a file that can be read");
    } catch (IllegalArgumentException e) {
      throw new BadValueException("--script to be understood: " + e.getMessage());
    }
  }

  private static Path path(String option, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new BadValueException(option + " to be a file");
    }
  }
}
