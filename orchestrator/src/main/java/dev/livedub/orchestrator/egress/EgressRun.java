package dev.livedub.orchestrator.egress;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.config.EgressTarget;
import java.time.Duration;
import java.util.List;

/**
 * What is to be forwarded where while a run of the stream lasts.
 *
 * @param runId the stream's run
 * @param input where the dub is pulled from
 */
record EgressRun(String streamId, String runId, String input, EgressTarget target) {

  /** How long the dub may take to come on air before the forwarder gives up for now. */
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);

  /** How long the forwarder itself tries a lost dub or destination again. */
  private static final Duration RECONNECT_TIMEOUT = Duration.ofMinutes(10);

  /** The forwarder that does it. */
  WorkerOrder order() {
    return new WorkerOrder(
        WorkerTask.egress(streamId, target.name()), runId, config(), LiveChange.NONE);
  }

  private DubConfig config() {
    return DubConfig.forwarding(
        streamId, input, List.of(target.url()), READY_TIMEOUT, RECONNECT_TIMEOUT);
  }
}
