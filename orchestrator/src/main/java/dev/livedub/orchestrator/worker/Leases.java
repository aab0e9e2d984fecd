package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.WorkerTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The leases of a state directory: one file per task, locked by the process in which the task's
 * worker lives. The system frees the lock when that process ends, so there is at most one worker
 * per task whatever crashes. The files are not deleted, but for {@link #sweep}: whoever waited for
 * a deleted one would hold another file than whoever comes next.
 *
 * <p>The system drops all locks a process has on a file as soon as that process closes any channel
 * to it. So this process keeps a list of those it holds and never opens them twice; one object of
 * this class per directory and process.
 *
 * <p><b>Threading:</b> any thread that is never interrupted; reads and writes small local files.
 */
final class Leases {

  private static final String SUFFIX = ".lease";
  private static final int MAX_RECORD_BYTES = 4096;

  private final Path dir;
  private final Map<WorkerTask, Lease> own = new HashMap<>();

  /** The leases in a directory that exists. */
  Leases(Path dir) {
    this.dir = dir;
  }

  /** Takes the lease of a task; empty if somebody has it, this process included. */
  synchronized Optional<Lease> tryAcquire(WorkerTask task) throws IOException {
    if (own.containsKey(task)) {
      return Optional.empty();
    }
    FileChannel file = open(task);
    try {
      if (file.tryLock() == null) {
        file.close();
        return Optional.empty();
      }
      Lease lease = new Lease(this, task, file);
      lease.write(Optional.empty());
      own.put(task, lease);
      return Optional.of(lease);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Whether anybody has the lease of a task now; also true if it cannot be found out. */
  synchronized boolean isHeld(WorkerTask task) {
    if (own.containsKey(task)) {
      return true;
    }
    if (!Files.exists(fileOf(task))) {
      return false;
    }
    try (FileChannel file = open(task);
        FileLock lock = file.tryLock()) {
      return lock == null;
    } catch (IOException e) {
      return true;
    }
  }

  /** What the holder of a task's lease wrote; empty if nobody holds it, or it has not written. */
  synchronized Optional<LeaseRecord> holder(WorkerTask task) {
    return isHeld(task) && !own.containsKey(task) ? read(task) : Optional.empty();
  }

  /** The tasks whose leases other processes hold now. */
  synchronized List<WorkerTask> heldByOthers() throws IOException {
    List<WorkerTask> held = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        WorkerTask.ofLease(name.substring(0, name.length() - SUFFIX.length()))
            .filter(task -> !own.containsKey(task) && isHeld(task))
            .ifPresent(held::add);
      }
    }
    return held;
  }

  /**
   * Deletes the files of leases that nobody holds. Only for an orchestrator that has the directory
   * and has started nothing yet: then the only process that can be about to lock a file that is
   * deleted here is one that an earlier orchestrator started too late to give it anything to do.
   */
  synchronized void sweep() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, "*" + SUFFIX)) {
      for (Path path : files) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
            FileLock lock = file.tryLock()) {
          if (lock != null) {
            Files.delete(path);
          }
        }
      }
    }
  }

  /**
   * Ends the process that holds a lease, by force. Nothing happens unless the lease is held now and
   * the process named in its file is alive and the very one that wrote it.
   *
   * @return whether a process was told to end
   */
  boolean killHolder(WorkerTask task) {
    return holder(task)
        .filter(found -> found.holder().processId() != ProcessHandle.current().pid())
        .flatMap(found -> found.holder().handle())
        .map(ProcessHandle::destroyForcibly)
        .orElse(false);
  }

  synchronized void release(Lease lease, FileChannel file) {
    if (!own.remove(lease.task(), lease)) {
      return;
    }
    try (file) {
      file.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give back " + lease.task().leaseName(), e);
    }
  }

  private Optional<LeaseRecord> read(WorkerTask task) {
    try {
      byte[] content = Files.readAllBytes(fileOf(task));
      return content.length > MAX_RECORD_BYTES
          ? Optional.empty()
          : Optional.of(new Wire().record(content, LeaseRecord.class));
    } catch (IOException | WireException e) {
      // Its holder is writing it just now.
      return Optional.empty();
    }
  }

  private FileChannel open(WorkerTask task) throws IOException {
    return FileChannel.open(
        fileOf(task), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private Path fileOf(WorkerTask task) {
    return dir.resolve(task.leaseName() + SUFFIX);
  }
}
