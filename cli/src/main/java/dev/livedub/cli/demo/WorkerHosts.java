package dev.livedub.cli.demo;

import dev.livedub.core.worker.WorkerHost;
import dev.livedub.orchestrator.worker.StateDir;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the host of the workers' processes. */
@FunctionalInterface
public interface WorkerHosts {

  /**
   * A host that works in a directory.
   *
   * @param log what its workers log to
   * @throws IOException if that is not possible
   */
  WorkerHost make(StateDir state, Path log) throws IOException;
}
