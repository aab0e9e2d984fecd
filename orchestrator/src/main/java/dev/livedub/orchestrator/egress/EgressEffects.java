package dev.livedub.orchestrator.egress;

import dev.livedub.orchestrator.metrics.EgressError;
import java.time.Duration;

/** What a destination's machine wants done; nothing of it is done before the machine returns. */
interface EgressEffects {

  /**
   * Begin a forwarder.
   *
   * @param worker its number, by which the machine is told of it
   */
  void start(long worker, EgressRun run);

  /** Have a forwarder end. */
  void stop(long worker, String reason);

  /** Tell the machine of this alarm after a while. */
  void wake(long alarm, Duration delay);

  /** Count that the destination is tried again. */
  void retried(EgressError error);

  /** The destination has come into another state. */
  void changed();
}
