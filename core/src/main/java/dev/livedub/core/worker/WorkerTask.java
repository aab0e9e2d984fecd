package dev.livedub.core.worker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a worker is for: the dub of a stream, or one of its destinations elsewhere. At most one
 * worker per task runs at any time, on which its {@link #leaseName} stands.
 *
 * @param streamId {@code [A-Za-z0-9_-]{1,64}}
 * @param egress name of the destination, {@code [A-Za-z0-9_-]{1,32}}; empty for the dub itself
 */
public record WorkerTask(String streamId, Optional<String> egress) {

  private static final Pattern STREAM_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern EGRESS = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final Pattern LEASE =
      Pattern.compile("([A-Za-z0-9_-]{1,64})\\.(?:dub|egress\\.([A-Za-z0-9_-]{1,32}))");

  public WorkerTask {
    if (!STREAM_ID.matcher(streamId).matches()) {
      throw new IllegalArgumentException("streamId " + streamId);
    }
    if (egress.isPresent() && !EGRESS.matcher(egress.get()).matches()) {
      throw new IllegalArgumentException("egress " + egress.get());
    }
  }

  /** The dub of a stream. */
  public static WorkerTask dub(String streamId) {
    return new WorkerTask(streamId, Optional.empty());
  }

  /** A destination of a stream. */
  public static WorkerTask egress(String streamId, String name) {
    return new WorkerTask(streamId, Optional.of(name));
  }

  /** The task of a lease; empty if the name is not one. */
  public static Optional<WorkerTask> ofLease(String leaseName) {
    Matcher matcher = LEASE.matcher(leaseName);
    return matcher.matches()
        ? Optional.of(new WorkerTask(matcher.group(1), Optional.ofNullable(matcher.group(2))))
        : Optional.empty();
  }

  /** A name that is good for a file, and different for every task. */
  public String leaseName() {
    return streamId + egress.map(name -> ".egress." + name).orElse(".dub");
  }
}
