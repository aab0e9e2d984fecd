package dev.livedub.cli.pages;

import dev.livedub.testkit.gemini.GeminiSim;
import dev.livedub.testkit.net.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A sandbox with servers to go with it, on ports of their own. */
final class Scene implements AutoCloseable {

  private static final List<Integer> PORTS = List.of(8080, 8554, 1935, 9997, 9100);
  private static final int SIMULATORS_PORT = 9099;

  private final GeminiSim simulator = GeminiSim.start();
  private final Sandbox sandbox;
  private final Servers servers;

  /**
   * Sets one up with nothing running but the simulator.
   *
   * @param serveOptions further options of {@code livedub serve}
   */
  Scene(Path directory, String serveOptions) throws IOException {
    Map<Integer, Integer> ports = new HashMap<>();
    for (int port : PORTS) {
      ports.put(port, FreePorts.next());
    }
    ports.put(SIMULATORS_PORT, simulator.port());
    sandbox = new Sandbox(directory, ports);
    servers = new Servers(sandbox, simulator, serveOptions);
  }

  Sandbox sandbox() {
    return sandbox;
  }

  Servers servers() {
    return servers;
  }

  @Override
  public void close() {
    servers.close();
    simulator.close();
  }
}
