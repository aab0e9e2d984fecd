package dev.livedub.orchestrator.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How workers are run.
 *
 * @param max streams dubbed at once; 0 for no limit
 * @param grace how long a worker is kept when its publisher is gone
 * @param stateDir directory for leases and for the way to the workers; of this user alone
 */
public record WorkersConfig(Mode mode, int max, Duration grace, Path stateDir) {

  /** Where workers run. */
  public enum Mode {
    /** Each in a process of its own: a crash takes one stream. */
    PROCESS,
    /** All in the orchestrator's process: takes least memory. */
    THREAD
  }
}
