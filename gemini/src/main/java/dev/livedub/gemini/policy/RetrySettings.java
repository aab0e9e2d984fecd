package dev.livedub.gemini.policy;

import java.time.Duration;

/**
 * How patiently lost sessions are replaced.
 *
 * @param first pause before the second attempt in a row; the first comes at once
 * @param longest bound of its doubling
 * @param busyFirst pause after the service said that it is busy
 * @param quotaPause pause after the service said that the quota is used up
 * @param breakerFirst how long the breaker stays open the first time
 * @param breakerLongest bound of its doubling
 */
public record RetrySettings(
    Duration first,
    Duration longest,
    Duration busyFirst,
    Duration quotaPause,
    Duration breakerFirst,
    Duration breakerLongest) {

  /**
   * Half a second to 30 s; 5 s if busy; a quarter of an hour for a quota, which is counted by the
   * minute or by the day; 10 s to 2 min for the breaker.
   */
  public static final RetrySettings DEFAULT =
      new RetrySettings(
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofMinutes(15),
          Duration.ofSeconds(10),
          Duration.ofMinutes(2));
}
