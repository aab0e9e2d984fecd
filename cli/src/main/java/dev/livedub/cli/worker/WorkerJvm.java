package dev.livedub.cli.worker;

import dev.livedub.cli.config.LogFormat;
import dev.livedub.core.config.DubSettings;
import dev.livedub.orchestrator.worker.JavaCommand;
import dev.livedub.orchestrator.worker.SharedClasses;
import dev.livedub.orchestrator.worker.StateDir;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How a worker's JVM is started: by the launcher and from the class path of this process. */
public final class WorkerJvm {

  /**
   * As {@code cli/jvm.options}, and what holds for a process with one stream: little heap, one
   * quick compiler, no half-dead process when memory is out.
   */
  static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:NewSize=12m",
          "-XX:MaxNewSize=12m",
          "-Xms16m",
          "-Xmx192m",
          "-Xss512k",
          "-Xshare:auto",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
          "-Dorg.bytedeco.javacpp.maxBytes=0");

  private static final String MAIN = "dev.livedub.cli.Main";

  private WorkerJvm() {}

  /** The command that starts a worker's process, whose log looks as that of this process. */
  public static JavaCommand command(LogFormat format) {
    String classPath = System.getProperty("java.class.path");
    List<String> main =
        isOneJar(classPath) ? List.of("-jar", classPath) : List.of("-cp", classPath, MAIN);
    List<String> arguments = List.of(WorkerCommand.NAME, "--log-format", DubSettings.word(format));
    return new JavaCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        OPTIONS,
        Stream.concat(main.stream(), arguments.stream()).toList());
  }

  /** The archive with which those processes start faster. */
  public static SharedClasses sharedClasses(StateDir state, JavaCommand command) {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(Path::of)
            .toList();
    return new SharedClasses(state, command, List.of("--rehearse"), classPath);
  }

  private static boolean isOneJar(String classPath) {
    return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
  }
}
