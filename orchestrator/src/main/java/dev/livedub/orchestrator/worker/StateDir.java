package dev.livedub.orchestrator.worker;

import dev.livedub.core.config.BadValueException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which an orchestrator and its workers find each other, also after one of them
 * has died: {@code orchestrator.lock}, held by the one orchestrator; {@code orchestrator.sock},
 * where it listens to its workers; a lease per task. Of this user alone: who can write in it can
 * order workers about.
 *
 * <p><b>Threading:</b> any thread. One object per directory and process, see {@link Leases}.
 *
 * <p><b>Ownership:</b> the orchestrator's lock, until closed.
 */
public final class StateDir implements AutoCloseable {

  private static final String LOCK = "orchestrator.lock";
  private static final String SOCKET = "orchestrator.sock";

  /** What {@code sockaddr_un} holds, less the zero at its end; unix(7). */
  private static final int MAX_SOCKET_PATH_BYTES = 107;

  private static final Set<PosixFilePermission> OURS_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private final Path dir;
  private final @Nullable FileChannel lock;
  private final Leases leases;

  private StateDir(Path dir, @Nullable FileChannel lock) {
    this.dir = dir;
    this.lock = lock;
    this.leases = new Leases(dir);
  }

  /**
   * Takes a directory for the one orchestrator that may use it; makes it if it is not there.
   *
   * @throws BadValueException if it cannot be used; says what would have been right
   */
  public static StateDir open(Path path) {
    Path dir = path.toAbsolutePath().normalize();
    int sizeBytes = dir.resolve(SOCKET).toString().getBytes(StandardCharsets.UTF_8).length;
    if (sizeBytes > MAX_SOCKET_PATH_BYTES) {
      throw new BadValueException(
          "a shorter path: "
              + SOCKET
              + " in it must not exceed "
              + MAX_SOCKET_PATH_BYTES
              + " bytes, and has "
              + sizeBytes);
    }
    try {
      make(dir);
      check(dir);
      StateDir opened = new StateDir(dir, lock(dir));
      opened.leases.sweep();
      return opened;
    } catch (IOException e) {
      throw new BadValueException("a directory this user may make and write; " + e);
    }
  }

  /** A worker's view of a directory that its orchestrator has opened. */
  static StateDir join(Path dir) {
    return new StateDir(dir.toAbsolutePath().normalize(), null);
  }

  /** Its absolute path. */
  public Path path() {
    return dir;
  }

  Path socket() {
    return dir.resolve(SOCKET);
  }

  Leases leases() {
    return leases;
  }

  /** Leaves it to the next orchestrator. Idempotent. */
  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot give back " + dir, e);
    }
  }

  private static void make(Path dir) throws IOException {
    Path parent = dir.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(dir, PosixFilePermissions.asFileAttribute(OURS_ALONE));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(dir)) {
        throw new BadValueException("a directory; there is a file of that name");
      }
    }
  }

  private static void check(Path dir) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(dir);
    if (!OURS_ALONE.containsAll(permissions)) {
      throw new BadValueException(
          "a directory of this user alone, rwx------; it is "
              + PosixFilePermissions.toString(permissions));
    }
    // A user need not have a name, least of all in a container: see whose files ours become.
    Path probe = Files.createTempFile(dir, "owner", ".probe");
    try {
      if (!Files.getOwner(probe).equals(Files.getOwner(dir))) {
        throw new BadValueException(
            "a directory of this user; it belongs to " + Files.getOwner(dir).getName());
      }
    } finally {
      Files.delete(probe);
    }
  }

  private static FileChannel lock(Path dir) throws IOException {
    Path path = dir.resolve(LOCK);
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (file.tryLock() == null) {
      file.close();
      throw new BadValueException(
          "a directory that no other orchestrator uses; process "
              + Files.readString(path).strip()
              + " uses this one: stop it, or give this one another state-dir");
    }
    file.truncate(0);
    String processId = ProcessHandle.current().pid() + "\n";
    file.write(ByteBuffer.wrap(processId.getBytes(StandardCharsets.UTF_8)), 0);
    return file;
  }
}
