package dev.livedub.orchestrator.config;

import dev.livedub.core.config.DubConfig;
import java.util.List;

/**
 * What is done with a stream.
 *
 * @param egress destinations, all switched on
 * @param warnings what of the publisher's query was wrong and is not followed, a line each, without
 *     secrets
 */
public record StreamPlan(DubConfig dub, List<EgressTarget> egress, List<String> warnings) {

  public StreamPlan {
    egress = List.copyOf(egress);
    warnings = List.copyOf(warnings);
  }
}
