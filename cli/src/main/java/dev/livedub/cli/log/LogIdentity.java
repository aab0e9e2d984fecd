package dev.livedub.cli.log;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * What every log line says about where it comes from, unless the event knows better.
 *
 * @param streamId the stream that is dubbed; empty if the process has none of its own
 * @param runId one start of a worker
 * @param instanceId one process
 */
public record LogIdentity(String streamId, String runId, String instanceId) {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  /** A process that runs one stream once, with ids that sort by time. */
  public static LogIdentity ofRun(String streamId) {
    String runId = STAMP.format(Instant.now()) + "-" + random(3);
    return new LogIdentity(streamId, runId, ProcessHandle.current().pid() + "-" + random(3));
  }

  private static String random(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
