package dev.livedub.orchestrator.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How tests start processes of their own, and how long those wait. */
final class TestPrograms {

  /** Short where a test waits for the bound to pass, long where it must not pass. */
  static final HostLimits LIMITS =
      new HostLimits(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMillis(100));

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private TestPrograms() {}

  /** Starts a program of the tests' class path. */
  static JavaCommand command(Class<?> program, String... arguments) {
    return new JavaCommand(
        JAVA,
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"),
        Stream.concat(
                Stream.of("-cp", System.getProperty("java.class.path"), program.getName()),
                Stream.of(arguments))
            .toList());
  }

  /** Limits with another patience for orchestrators, and for silent workers. */
  static HostLimits limits(Duration orphan, Duration silence) {
    return new HostLimits(
        LIMITS.stop(),
        LIMITS.terminate(),
        LIMITS.takeOver(),
        LIMITS.start(),
        silence,
        silence,
        orphan,
        LIMITS.reconnect());
  }
}
