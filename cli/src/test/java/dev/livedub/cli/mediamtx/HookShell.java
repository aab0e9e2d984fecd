package dev.livedub.cli.mediamtx;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The shells that the hook has to run in, and what each finds on its PATH. */
enum HookShell {
  /** The system's shell and all of its programs. */
  SH(List.of("sh")),
  /** Debian's shell with what the hook says it needs, and BusyBox in place of curl. */
  DASH_WITHOUT_CURL(List.of("dash")),
  /** BusyBox's shell with the system's programs. */
  BUSYBOX(List.of("busybox", "sh")),
  /** BusyBox's shell with BusyBox's programs and nothing else. */
  BUSYBOX_ALONE(List.of("sh"));

  private static final Path HOOK = Path.of("..", "mediamtx", "livedub-hook");
  private static final int LIMIT_SECONDS = 60;
  private static final List<String> NEEDED =
      List.of("od", "awk", "sed", "tr", "cut", "sleep", "timeout", "sh", "busybox");

  /** Puts raw bytes into the environment: Java knows text only. */
  private static final String WITH_QUERY =
      "MTX_QUERY=$(cat \"$1\" && printf x) && MTX_QUERY=${MTX_QUERY%x} && export MTX_QUERY"
          + " && PATH=$2 && shift 2 && exec \"$@\"";

  private final List<String> words;

  HookShell(List<String> words) {
    this.words = words;
  }

  /** What came of a run. */
  record Outcome(int exitCode, String out, String err) {}

  /** Runs the hook to its end. */
  Outcome run(Path directory, Map<String, String> environment, byte[] query, String... arguments) {
    try {
      Process process = start(directory, environment, query, arguments);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("the hook does not end");
      }
      return new Outcome(
          process.exitValue(),
          Files.readString(directory.resolve("out")),
          Files.readString(directory.resolve("err"), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Starts the hook. */
  Process start(Path directory, Map<String, String> environment, byte[] query, String... arguments)
      throws IOException {
    Path file = Files.write(directory.resolve("query"), query);
    List<String> command = new ArrayList<>(List.of("sh", "-c", WITH_QUERY, "sh", file.toString()));
    command.add(path(directory));
    command.addAll(executable(directory));
    command.add(HOOK.toAbsolutePath().normalize().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(LIVEDUB|MTX)_.*"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Skips the test loudly where a program is not there; where it has to be, the test fails. */
  void assumePresent() {
    for (String program : programs()) {
      boolean present = find(program).isPresent();
      if (!present) {
        System.err.println("NOT TESTED: mediamtx/livedub-hook as " + this + ": no " + program);
      }
      assumeTrue(present || "true".equals(System.getenv("CI")), "no " + program + " on the PATH");
    }
  }

  private List<String> programs() {
    return switch (this) {
      case SH -> List.of("sh", "curl");
      case BUSYBOX -> List.of("busybox", "curl");
      case BUSYBOX_ALONE -> List.of("busybox");
      case DASH_WITHOUT_CURL -> List.of("dash", "busybox");
    };
  }

  private List<String> executable(Path directory) throws IOException {
    List<String> found = new ArrayList<>(words);
    found.set(
        0,
        this == BUSYBOX_ALONE
            ? programsOf(directory).resolve("sh").toString()
            : find(words.get(0)).orElseThrow().toString());
    return found;
  }

  private String path(Path directory) throws IOException {
    return this == BUSYBOX_ALONE || this == DASH_WITHOUT_CURL
        ? programsOf(directory).toString()
        : System.getenv("PATH");
  }

  private Path programsOf(Path directory) throws IOException {
    Path programs = directory.resolve("programs");
    if (Files.notExists(programs)) {
      Files.createDirectory(programs);
      for (String name : NEEDED) {
        String target = this == BUSYBOX_ALONE ? "busybox" : name;
        Files.createSymbolicLink(programs.resolve(name), find(target).orElseThrow());
      }
      if (this == BUSYBOX_ALONE) {
        Files.delete(programs.resolve("busybox"));
        Files.createSymbolicLink(programs.resolve("nc"), find("busybox").orElseThrow());
      }
    }
    return programs;
  }

  /** Removes what a run has left in a directory. */
  static void clean(Path directory) throws IOException {
    Path programs = directory.resolve("programs");
    if (Files.exists(programs)) {
      try (Stream<Path> links = Files.list(programs)) {
        for (Path link : links.toList()) {
          Files.delete(link);
        }
      }
    }
  }

  private static Optional<Path> find(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(each -> Path.of(each, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
