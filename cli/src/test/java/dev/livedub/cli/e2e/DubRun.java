package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One dub from one server to another, ended by SIGTERM. */
final class DubRun {

  /** From the process's start to its output at the other server, on a busy machine. */
  static final Duration START_LIMIT = Duration.ofSeconds(60);

  /**
   * How long the output is on air; {@code E2E_SECONDS} in the environment makes a long run of it.
   */
  static final Duration ON_AIR = Duration.ofSeconds(longRunSeconds().orElse(12));

  /** Playout delay: short, and as in production in a long run. */
  static final Duration DELAY = Duration.ofSeconds(longRunSeconds().isPresent() ? 6 : 2);

  /** Room in a source clip for the start of the process and the delay. */
  static final Duration HEADROOM = Duration.ofSeconds(30);

  private DubRun() {}

  /**
   * Dubs for {@code onAir} and checks that SIGTERM ends it cleanly.
   *
   * @param options further arguments of {@code livedub dub}
   * @return what arrived at the other server
   */
  static Path dub(ServerPair servers, Duration onAir, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("--input", servers.inputUrl(), "--output", servers.outputUrl()));
    arguments.addAll(List.of(options));
    try (Livedub livedub = Livedub.dub(arguments)) {
      servers.awaitOnAir(livedub, START_LIMIT);
      livedub.staysAliveFor(onAir);
      assertThat(livedub.stop()).as(livedub.output()).isZero();
    }
    return servers.recording();
  }

  private static Optional<Integer> longRunSeconds() {
    return Optional.ofNullable(System.getenv("E2E_SECONDS")).map(Integer::valueOf);
  }
}
