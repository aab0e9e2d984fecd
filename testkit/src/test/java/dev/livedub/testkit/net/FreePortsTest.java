package dev.livedub.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void next_manyTimes_areDistinctAndBelowTheSystems() {
    List<Integer> ports = IntStream.range(0, 200).map(n -> FreePorts.next()).boxed().toList();

    assertThat(ports)
        .doesNotHaveDuplicates()
        .allSatisfy(port -> assertThat(port).isBetween(10_240, 32_767));
  }

  @Test
  void next_portTaken_isPassedOver() throws IOException {
    int taken = FreePorts.next() + 1;
    try (ServerSocket server = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePorts.next()).isNotEqualTo(server.getLocalPort());
    }
  }
}
