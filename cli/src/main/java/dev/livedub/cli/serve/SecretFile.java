package dev.livedub.cli.serve;

import dev.livedub.core.config.BadValueException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.regex.Pattern;

/** A file that holds one secret and nothing else. What it holds is never said. */
final class SecretFile {

  private static final int MAX_BYTES = 4096;
  private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

  private SecretFile() {}

  /**
   * Reads the secret; one newline at the end is not part of it.
   *
   * @throws BadValueException if there is none to read
   */
  static String read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new BadValueException("a file that exists");
    }
    byte[] bytes = bytes(file);
    String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
    if (text.isEmpty()) {
      throw new BadValueException("a file that is not empty");
    }
    if (bytes.length > MAX_BYTES || !VISIBLE.matcher(text).matches()) {
      throw new BadValueException(
          "a file with one line of at most 4096 ASCII characters, without blanks");
    }
    return text;
  }

  /** Whether every user of this machine may read it. */
  static boolean isOpenToAll(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** What to say about such a file. */
  static String openWarning(String key, Path file) {
    return key + " " + file + " can be read by every user of this machine";
  }

  private static byte[] bytes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (AccessDeniedException e) {
      throw new BadValueException("a file this user may read");
    } catch (IOException e) {
      throw new BadValueException("a file that can be read");
    }
  }
}
