package dev.livedub.cli;

import dev.livedub.cli.dub.DubPorts;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.orchestrator.metrics.Measurements;
import dev.livedub.orchestrator.metrics.MetricsServer;
import java.io.IOException;

/** The orchestrator's measurements and their server, as the commands use them. */
final class ServedMetrics implements DubPorts.Metrics {

  private final Measurements measurements;
  private final MetricsServer server;

  private ServedMetrics(Measurements measurements, MetricsServer server) {
    this.measurements = measurements;
    this.server = server;
  }

  static DubPorts.Metrics start(String host, int port) throws IOException {
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
  public void close() {
    server.close();
    measurements.close();
  }
}
