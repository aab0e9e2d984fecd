package dev.livedub.cli;

import dev.livedub.cli.forward.ForwardPorts;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.orchestrator.metrics.EgressError;
import dev.livedub.orchestrator.metrics.EgressMeters;
import dev.livedub.orchestrator.metrics.Measurements;
import dev.livedub.orchestrator.metrics.MetricsServer;
import java.io.IOException;

/** The orchestrator's measurements and their server, as the commands use them. */
final class ServedMetrics implements ForwardPorts.Metrics {

  private final Measurements measurements;
  private final MetricsServer server;

  private ServedMetrics(Measurements measurements, MetricsServer server) {
    this.measurements = measurements;
    this.server = server;
  }

  static ServedMetrics start(String host, int port) throws IOException {
    Measurements measurements = new Measurements();
    try {
      return new ServedMetrics(measurements, MetricsServer.start(host, port, measurements));
    } catch (IOException | RuntimeException e) {
      measurements.close();
      throw e;
    }
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public MeterSink sinkOf(String streamId) {
    return measurements.forStream(streamId);
  }

  @Override
  public ForwardPorts.Destination destinationOf(String streamId, String name) {
    EgressMeters meters = measurements.forEgress(streamId, name);
    return new ForwardPorts.Destination() {
      @Override
      public void forwarding(boolean isForwarding) {
        meters.forwarding(isForwarding);
      }

      @Override
      public void reconnected(long times) {
        meters.retried(EgressError.OUTPUT_LOST, times);
      }

      @Override
      public void wrote(long bytes) {
        meters.wrote(bytes);
      }
    };
  }

  @Override
  public void close() {
    server.close();
    measurements.close();
  }
}
