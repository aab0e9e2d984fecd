package dev.livedub.cli.e2e;

import dev.livedub.cli.Main;
import dev.livedub.testkit.thirdparty.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code livedub} as its own process. */
final class Livedub implements AutoCloseable {

  /** From SIGTERM to the end, as promised to operators. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final ChildProcess process;

  private Livedub(ChildProcess process) {
    this.process = process;
  }

  /** Starts {@code livedub dub} with these arguments. */
  static Livedub dub(List<String> arguments) {
    return run("dub", arguments, Map.of());
  }

  /** Starts a command with these arguments, and variables beside those of this process. */
  static Livedub run(String name, List<String> arguments, Map<String, String> environment) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                name));
    command.addAll(arguments);
    return new Livedub(ChildProcess.start("livedub", Path.of("/"), environment, command));
  }

  ChildProcess process() {
    return process;
  }

  /** Fails unless the process is alive all through {@code duration}. */
  void staysAliveFor(Duration duration) {
    if (process.endsWithin(duration)) {
      throw new AssertionError("livedub ended by itself\n" + process.output());
    }
  }

  /** Sends SIGTERM; the exit code, if the end came in time. */
  int stop() {
    process.terminate();
    return process.awaitExit(STOP_LIMIT);
  }

  /** Waits for an end that nobody asked for. */
  int awaitExit(Duration limit) {
    return process.awaitExit(limit);
  }

  String output() {
    return process.output();
  }

  @Override
  public void close() {
    process.close();
  }
}
