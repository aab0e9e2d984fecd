package dev.livedub.cli.log;

import dev.livedub.core.worker.RunId;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * What every log line says about where it comes from, unless the event knows better.
 *
 * @param streamId the stream that is dubbed; empty if the process has none of its own
 * @param runId one start of a worker; empty if the process has none of its own
 * @param instanceId one process
 */
public record LogIdentity(String streamId, String runId, String instanceId) {

  /** A process that runs one stream once, with ids that sort by time. */
  public static LogIdentity ofRun(String streamId) {
    return of(streamId, RunId.at(Instant.now(), new SecureRandom()));
  }

  /** A process that works on a run that somebody else has begun. */
  public static LogIdentity of(String streamId, String runId) {
    return new LogIdentity(streamId, runId, newInstanceId());
  }

  /** A process without a stream of its own. */
  public static LogIdentity ofService() {
    return of("", "");
  }

  private static String newInstanceId() {
    return ProcessHandle.current().pid() + "-" + RunId.randomHex(new SecureRandom());
  }
}
