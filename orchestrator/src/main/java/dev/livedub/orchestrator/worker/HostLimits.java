package dev.livedub.orchestrator.worker;

import java.time.Duration;

/**
 * How long a host and its workers wait for each other.
 *
 * @param stop for a clean end, before a process is told to end by the system
 * @param terminate for a process that the system told to end, or that said that it ends, before it
 *     is killed
 * @param takeOver for an older worker of the same task, before it is killed
 * @param start from the start of a process to its first word
 * @param adopt for a worker that was found, from its adoption to its first word
 * @param silence without a word of a worker that is on air
 * @param orphan for an orchestrator, before a worker ends itself
 * @param reconnect between two tries to reach the orchestrator
 */
public record HostLimits(
    Duration stop,
    Duration terminate,
    Duration takeOver,
    Duration start,
    Duration adopt,
    Duration silence,
    Duration orphan,
    Duration reconnect) {

  /** What holds outside of tests. */
  public static final HostLimits DEFAULTS =
      new HostLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofMillis(500));
}
