package dev.livedub.cli.serve;

import dev.livedub.core.config.SettingLayer;
import dev.livedub.orchestrator.config.EgressTarget;
import java.util.List;

/**
 * What the file says about some streams.
 *
 * @param match names of the streams it is for
 * @param settings what it sets
 * @param egress where these streams go besides
 */
record StreamRule(Glob match, SettingLayer settings, List<EgressTarget> egress) {

  StreamRule {
    egress = List.copyOf(egress);
  }
}
