package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.WorkerTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Takes a lease or a whole state directory, says {@code held}, waits: {@code DIR [LEASE]}. */
public final class LeaseProgram {

  private LeaseProgram() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 1) {
      StateDir.open(Path.of(args[0]));
    } else {
      new Leases(Path.of(args[0]))
          .tryAcquire(WorkerTask.ofLease(args[1]).orElseThrow())
          .orElseThrow()
          .write(Optional.of("run"));
    }
    System.out.println("held");
    System.in.read();
  }
}
