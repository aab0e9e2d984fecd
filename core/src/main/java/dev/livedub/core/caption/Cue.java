package dev.livedub.core.caption;

import java.util.List;

/**
 * What is shown at once.
 *
 * @param startMillis when it appears, on the output timeline
 * @param endMillis when it is taken away, later than its start
 * @param lines one or two
 */
public record Cue(long startMillis, long endMillis, List<String> lines) {

  public Cue {
    lines = List.copyOf(lines);
  }
}
