package dev.livedub.orchestrator.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process, told apart from a later one that was given the same number.
 *
 * @param birth when it began, on a clock that nobody sets where the system has one; only good for
 *     comparing
 */
record ProcessIdentity(long processId, String birth) {

  /** Place of {@code starttime} after the name's closing bracket; proc(5) counts it as 22nd. */
  private static final int START_FIELD = 22 - 3;

  /** What stands for a process that has ended and that its parent has not looked after. */
  private static final List<String> DEAD = List.of("Z", "X", "x");

  /** This process. */
  static ProcessIdentity current() {
    long processId = ProcessHandle.current().pid();
    return of(processId).orElseGet(() -> new ProcessIdentity(processId, ""));
  }

  /** A process that is alive; empty if there is none of that number. */
  static Optional<ProcessIdentity> of(long processId) {
    return birthOf(processId).map(birth -> new ProcessIdentity(processId, birth));
  }

  /** Whether it is still alive. */
  boolean isAlive() {
    return of(processId).filter(this::equals).isPresent();
  }

  /** Its handle, as long as it is alive. */
  Optional<ProcessHandle> handle() {
    return isAlive() ? ProcessHandle.of(processId) : Optional.empty();
  }

  /** Clock ticks between the machine's start and the process's: no change of the clock moves it. */
  private static Optional<String> birthOf(long processId) {
    if (!Files.exists(Path.of("/proc/self/stat"))) {
      return ProcessHandle.of(processId)
          .filter(ProcessHandle::isAlive)
          .flatMap(ProcessIdentity::instant);
    }
    try {
      // The name is any bytes at all.
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(processId), "stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      return fields.length > START_FIELD && !DEAD.contains(fields[0])
          ? Optional.of(fields[START_FIELD])
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> instant(ProcessHandle handle) {
    return handle.info().startInstant().map(Object::toString);
  }
}
