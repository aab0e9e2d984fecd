package dev.livedub.orchestrator.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Has an archive of classes made, says by which process, and ends: {@code DIR JAVA JAR}. */
public final class ArchiveProgram {

  private ArchiveProgram() {}

  public static void main(String[] args) throws IOException {
    System.setErr(System.out); // the log is heard by who started this
    JavaCommand command = new JavaCommand(Path.of(args[1]), List.of(), List.of());
    StateDir state = StateDir.open(Path.of(args[0]));
    new SharedClasses(state, command, List.of(), List.of(Path.of(args[2]))).prepare();
    Optional<ProcessHandle> rehearsal = Optional.empty();
    while (rehearsal.isEmpty()) {
      rehearsal = ProcessHandle.current().children().findAny();
      Thread.onSpinWait();
    }
    Runtime.getRuntime().addShutdownHook(new Thread(ArchiveProgram::awaitArchiver));
    System.out.println(rehearsal.get().pid());
    System.out.println("rehearses");
    System.in.read();
  }

  /** Lets whoever makes the archive say what it has to say, as a program that ends slowly would. */
  private static void awaitArchiver() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("class-archive")) {
        try {
          thread.join(5_000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
