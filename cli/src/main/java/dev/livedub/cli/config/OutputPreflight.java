package dev.livedub.cli.config;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.MediaAddress;
import dev.livedub.core.config.Setting;
import dev.livedub.core.config.SettingLayer.Given;
import dev.livedub.core.config.SettingResolver;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds files that cannot be written before a stream is pulled for nothing. */
final class OutputPreflight {

  private OutputPreflight() {}

  /** Puts every file that cannot be on the resolver's record. */
  static void check(SettingResolver from) {
    check(from, DubSettings.OUTPUT);
    check(from, DubSettings.CAPTIONS);
  }

  /** Puts every file of one setting that cannot be on the resolver's record. */
  static void check(SettingResolver from, Setting<String> setting) {
    for (String text : from.given(setting).map(Given::texts).orElse(List.of())) {
      if (isWellFormed(setting, text)) {
        MediaAddress.filePath(text)
            .flatMap(OutputPreflight::obstacle)
            .ifPresent(expected -> from.add(setting, text, expected));
      }
    }
  }

  /** What is not, has been refused for its form already. */
  private static boolean isWellFormed(Setting<String> setting, String text) {
    try {
      setting.parse(text);
      return true;
    } catch (BadValueException e) {
      return false;
    }
  }

  /** Why a file cannot be written, as it continues "expected …"; empty if it can. */
  static Optional<String> obstacle(String text) {
    Path path;
    try {
      path = Path.of(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      return Optional.of("a valid file name");
    }
    Path directory = path.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return Optional.of("a file in a directory that exists");
    }
    if (Files.isDirectory(path)) {
      return Optional.of("a file, not a directory");
    }
    boolean writable = Files.exists(path) ? Files.isWritable(path) : Files.isWritable(directory);
    return writable ? Optional.empty() : Optional.of("a file this user may write");
  }
}
