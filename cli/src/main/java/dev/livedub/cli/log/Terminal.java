package dev.livedub.cli.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether a person watches standard error. */
public final class Terminal {

  private Terminal() {}

  /** Whether standard error is a terminal that understands cursor movement. */
  public static boolean watchesStandardError() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    Path stream = Path.of("/proc/self/fd/2");
    try {
      // Java 17 can only tell whether input and output together are a terminal.
      String target = Files.readSymbolicLink(stream).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }
}
