package dev.livedub.cli.config;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.MediaAddress;
import dev.livedub.core.config.SettingResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Outputs from a file, one a line; empty lines and those that begin with {@code #} are left out.
 * Since the file holds secrets, a wrong line is named by its number and never shown.
 */
final class OutputFile {

  private static final int MAX_BYTES = 64 << 10;

  private OutputFile() {}

  /** The outputs of a file; what is wrong is put on the resolver's record. */
  static List<String> read(Path file, SettingResolver from) {
    List<String> outputs = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        from.add(problem(file.toString(), "a file of at most 64 KiB"));
        return outputs;
      }
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        readLine(lines.get(i).strip(), file + " line " + (i + 1), from).ifPresent(outputs::add);
      }
      if (lines.stream().allMatch(line -> isNoOutput(line.strip()))) {
        from.add(problem(file.toString(), "a file with at least one output"));
      }
    } catch (IOException e) {
      from.add(problem(file.toString(), ForwardSettings.OUTPUT_FILE.expected()));
    }
    return outputs;
  }

  private static Optional<String> readLine(String line, String place, SettingResolver from) {
    if (isNoOutput(line)) {
      return Optional.empty();
    }
    try {
      String output = MediaAddress.output(line);
      MediaAddress.filePath(output)
          .flatMap(OutputPreflight::obstacle)
          .ifPresent(expected -> from.add(problem(place, expected)));
      return Optional.of(output);
    } catch (BadValueException e) {
      from.add(problem(place, e.expected()));
      return Optional.empty();
    }
  }

  private static boolean isNoOutput(String line) {
    return line.isEmpty() || line.startsWith("#");
  }

  private static ConfigProblem problem(String place, String expected) {
    return ConfigProblem.missing(ForwardSettings.OUTPUT_FILE.key(), place, expected);
  }
}
