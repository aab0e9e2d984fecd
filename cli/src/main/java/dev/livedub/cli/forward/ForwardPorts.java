package dev.livedub.cli.forward;

import dev.livedub.cli.dub.DubPorts;
import dev.livedub.core.worker.WorkerLauncher;
import java.io.IOException;

/**
 * What the command needs from the other modules; filled in by the composition root.
 *
 * @param metrics serves measurements
 */
public record ForwardPorts(WorkerLauncher workers, MetricsStarter metrics) {

  /** Begins to serve measurements. */
  @FunctionalInterface
  public interface MetricsStarter {
    /**
     * Serves until closed.
     *
     * @throws IOException if the address cannot be had
     */
    Metrics start(String host, int port) throws IOException;
  }

  /** Measurements being served, those of destinations too. */
  public interface Metrics extends DubPorts.Metrics {
    /** Where the measurements of one destination go. */
    Destination destinationOf(String streamId, String name);
  }

  /** Measurements of one destination. */
  public interface Destination {
    /** Says whether the destination is taking the stream. */
    void forwarding(boolean isForwarding);

    /** Counts connections that were made again. */
    void reconnected(long times);

    /** Counts payload written. */
    void wrote(long bytes);
  }
}
