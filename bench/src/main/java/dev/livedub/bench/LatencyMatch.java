package dev.livedub.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the same picture at a source and at a sink, and how long it took between them. */
final class LatencyMatch {

  /** A picture seen somewhere: what it is and when. */
  record Sighting(long vclHash, long nanos) {}

  private LatencyMatch() {}

  /**
   * Milliseconds from each sighting at the sink back to the last one of the same picture at the
   * source before it; pictures that the source did not show are left out.
   *
   * @param source in ascending order of time
   */
  static double[] millis(List<Sighting> source, List<Sighting> sink) {
    Map<Long, List<Long>> shownNanos = new HashMap<>();
    for (Sighting shown : source) {
      shownNanos.computeIfAbsent(shown.vclHash(), hash -> new ArrayList<>()).add(shown.nanos());
    }
    return sink.stream()
        .mapToDouble(
            seen ->
                shownNanos.getOrDefault(seen.vclHash(), List.of()).stream()
                    .mapToLong(Long::longValue)
                    .filter(nanos -> nanos <= seen.nanos())
                    .max()
                    .stream()
                    .mapToDouble(nanos -> (seen.nanos() - nanos) / 1e6)
                    .findFirst()
                    .orElse(Double.NaN))
        .filter(millis -> !Double.isNaN(millis))
        .toArray();
  }
}
