package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.WorkerTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to be the worker of a task, as long as it is not closed and the process lives.
 *
 * <p><b>Threading:</b> any thread that is never interrupted: an interrupted one would close the
 * file, and with it the lease.
 *
 * <p><b>Ownership:</b> the file's lock; the system frees it when the process ends, however it ends.
 */
final class Lease implements AutoCloseable {

  private final Leases leases;
  private final WorkerTask task;
  private final FileChannel file;
  private final Instant startedAt = Instant.now();

  /** A lease whose file is locked already. */
  Lease(Leases leases, WorkerTask task, FileChannel file) {
    this.leases = leases;
    this.task = task;
    this.file = file;
  }

  /** What it is the lease of. */
  WorkerTask task() {
    return task;
  }

  /** Writes down who holds it, and for which run. */
  void write(Optional<String> runId) throws IOException {
    LeaseRecord content =
        new LeaseRecord(ProcessIdentity.current(), task.streamId(), runId, startedAt);
    ByteBuffer bytes = ByteBuffer.wrap(new Wire().encode(content));
    long sizeBytes = bytes.remaining();
    while (bytes.hasRemaining()) {
      file.write(bytes, bytes.position());
    }
    file.truncate(sizeBytes);
  }

  /** Gives it back. Idempotent. */
  @Override
  public void close() {
    leases.release(this, file);
  }
}
