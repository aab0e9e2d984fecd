package dev.livedub.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders of a demonstration. */
final class Folders {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'livedub-demo-'yyyyMMdd-HHmmss", Locale.ROOT);

  private Folders() {}

  /**
   * Makes the folder for the results: the one asked for, or a new one in the working directory, or
   * if that cannot be written, a temporary one.
   *
   * @throws dev.livedub.core.config.BadValueException if the one asked for cannot be had
   */
  static Path results(Optional<Path> asked) throws IOException {
    if (asked.isPresent()) {
      Path folder = asked.get();
      try {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, "livedub", ""));
        return folder;
      } catch (IOException e) {
        throw DemoOptions.wrong(
            DemoOptions.FOLDER, folder.toString(), "a folder that can be made and written");
      }
    }
    String name = LocalDateTime.now().format(NAME);
    try {
      return Files.createDirectory(Path.of(name));
    } catch (IOException e) {
      return Files.createTempDirectory(name + "-");
    }
  }

  /** Deletes a folder with all that is in it, as far as that is possible. */
  static void deleteQuietly(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // It is a temporary one: the system clears it away some day.
    }
  }
}
