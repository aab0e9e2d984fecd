package dev.livedub.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory in which the orchestrator and its workers find each other. */
final class DiskFindings {

  private static final long MEBIBYTE = 1L << 20;

  /** Twice what the archive of classes and the leases take. */
  private static final long ENOUGH_BYTES = 64 * MEBIBYTE;

  private DiskFindings() {}

  /** The line. */
  static Diagnosis of(Path directory) {
    Path there = directory;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      if (!Files.isDirectory(there) || !Files.isWritable(there)) {
        return Diagnosis.fail(
            "state dir",
            directory + ": this user may not write " + there,
            "name another one (--state-dir), or give it to the user that runs livedub");
      }
      long freeBytes = Files.getFileStore(there).getUsableSpace();
      return there.equals(directory) ? existing(directory, freeBytes) : fresh(directory, freeBytes);
    } catch (IOException e) {
      return Diagnosis.fail(
          "state dir", directory + ": " + Reason.of(e), "name another one (--state-dir)");
    }
  }

  private static Diagnosis existing(Path directory, long freeBytes) throws IOException {
    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
    if (mode.startsWith("---", 3)) {
      return room(directory + ", " + mode, freeBytes);
    }
    return Diagnosis.fail(
        "state dir",
        directory + " is open to others (" + mode + "): serve refuses it",
        "chmod 700 " + directory);
  }

  private static Diagnosis fresh(Path directory, long freeBytes) {
    return room(directory + ", will be made", freeBytes);
  }

  private static Diagnosis room(String what, long freeBytes) {
    String finding = what + ", " + freeBytes / MEBIBYTE + " MiB free";
    return freeBytes >= ENOUGH_BYTES
        ? Diagnosis.ok("state dir", finding)
        : Diagnosis.warn(
            "state dir",
            finding,
            "make room: without " + ENOUGH_BYTES / MEBIBYTE + " MiB workers start slowly or not");
  }
}
