package dev.livedub.media.rtsp;

import java.time.Duration;

/** When a server must be told that its client is still there (RFC 2326, 12.37). */
final class KeepAlive {

  private static final Duration LEAST = Duration.ofSeconds(1);

  private final long periodNanos;
  private final String method;
  private long dueNanos;

  /**
   * At half of the server's patience.
   *
   * @param method what to ask: something that changes nothing
   */
  KeepAlive(Duration sessionTimeout, String method, long nowNanos) {
    Duration half = sessionTimeout.dividedBy(2);
    this.periodNanos = (half.compareTo(LEAST) < 0 ? LEAST : half).toNanos();
    this.method = method;
    this.dueNanos = nowNanos + periodNanos;
  }

  String method() {
    return method;
  }

  /** Whether it is time to ask; if so, the next time begins to run. */
  boolean isDue(long nowNanos) {
    if (nowNanos - dueNanos < 0) {
      return false;
    }
    dueNanos = nowNanos + periodNanos;
    return true;
  }
}
