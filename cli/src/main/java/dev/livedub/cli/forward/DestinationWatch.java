package dev.livedub.cli.forward;

import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerStatus.OutputStatus;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells each destination's meters once a second what the worker's status says of it.
 *
 * <p><b>Threading:</b> looks from a thread of its own; closed by any.
 */
final class DestinationWatch implements AutoCloseable {

  private static final OutputStatus NOTHING = new OutputStatus("", false, 0, 0, 0);

  private final List<ForwardPorts.Destination> destinations;
  private final Supplier<WorkerStatus> status;
  private final OutputStatus[] seen;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "destination-meters");
            thread.setDaemon(true);
            return thread;
          });

  private DestinationWatch(
      List<ForwardPorts.Destination> destinations, Supplier<WorkerStatus> status) {
    this.destinations = destinations;
    this.status = status;
    this.seen = new OutputStatus[destinations.size()];
    Arrays.fill(seen, NOTHING);
  }

  /** Begins to look. */
  static DestinationWatch start(
      List<ForwardPorts.Destination> destinations, Supplier<WorkerStatus> status) {
    DestinationWatch watch = new DestinationWatch(destinations, status);
    if (!destinations.isEmpty()) {
      watch.clock.scheduleAtFixedRate(watch::look, 0, 1, TimeUnit.SECONDS);
    }
    return watch;
  }

  private synchronized void look() {
    WorkerStatus now = status.get();
    boolean flows = now.state() == WorkerStatus.State.RUNNING;
    for (int i = 0; i < Math.min(seen.length, now.outputs().size()); i++) {
      OutputStatus output = now.outputs().get(i);
      ForwardPorts.Destination destination = destinations.get(i);
      destination.wrote(output.bytesWritten() - seen[i].bytesWritten());
      destination.reconnected(output.reconnects() - seen[i].reconnects());
      destination.forwarding(flows && output.connected() && output.bytesWritten() > 0);
      seen[i] = output;
    }
  }

  /** Looks once more, and ends. */
  @Override
  public void close() {
    clock.shutdownNow();
    look();
  }
}
