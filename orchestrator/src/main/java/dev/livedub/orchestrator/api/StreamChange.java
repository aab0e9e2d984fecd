package dev.livedub.orchestrator.api;

import dev.livedub.core.worker.LiveChange;
import java.util.Map;

/**
 * What an operator changes of a stream that is on air.
 *
 * @param egress destinations to switch on or off, by name
 */
public record StreamChange(LiveChange live, Map<String, Boolean> egress) {

  public StreamChange {
    egress = Map.copyOf(egress);
  }
}
