package dev.livedub.cli.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the process that listens on a port, as far as Linux lets this user see it; see proc(5). */
final class PortOwner {

  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortOwner() {}

  /** The process's number and name, such as {@code nginx (4711)}; empty if that cannot be seen. */
  static Optional<String> of(int port) {
    for (String table : List.of("net/tcp", "net/tcp6")) {
      Optional<String> owner = inode(PROC.resolve(table), port).flatMap(PortOwner::holder);
      if (owner.isPresent()) {
        return owner;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> inode(Path table, int port) {
    String end = String.format(Locale.ROOT, ":%04X", port);
    try {
      return Files.readAllLines(table).stream()
          .map(line -> line.strip().split("\\s+"))
          .filter(row -> row.length > INODE)
          .filter(row -> row[1].endsWith(end) && row[STATE].equals(LISTENING))
          .map(row -> row[INODE])
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> holder(String inode) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, "socket:[" + inode + "]")) {
          String name = Files.readString(process.resolve("comm")).strip();
          return Optional.of(name + " (process " + process.getFileName() + ")");
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, String socket) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (Files.readSymbolicLink(file).toString().equals(socket)) {
          return true;
        }
      }
    } catch (IOException e) {
      // Another user's, or gone by now.
      return false;
    }
    return false;
  }
}
