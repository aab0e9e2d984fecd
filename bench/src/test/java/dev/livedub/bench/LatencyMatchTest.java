package dev.livedub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.bench.LatencyMatch.Sighting;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyMatchTest {

  private static final long MILLI = 1_000_000;

  @Test
  void millis_ofAPictureSeenTwice_countsFromTheLastShowingBefore() {
    List<Sighting> source =
        List.of(new Sighting(7, 0), new Sighting(7, 100 * MILLI), new Sighting(7, 300 * MILLI));
    List<Sighting> sink = List.of(new Sighting(7, 40 * MILLI), new Sighting(7, 130 * MILLI));
    assertThat(LatencyMatch.millis(source, sink)).containsExactly(40, 30);
  }

  @Test
  void millis_ofAPictureNeverShownBefore_leavesItOut() {
    List<Sighting> source = List.of(new Sighting(7, 50 * MILLI));
    List<Sighting> sink = List.of(new Sighting(8, 60 * MILLI), new Sighting(7, 40 * MILLI));
    assertThat(LatencyMatch.millis(source, sink)).isEmpty();
  }
}
