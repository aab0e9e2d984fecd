package dev.livedub.gemini.keeper;

import java.time.Duration;

/**
 * When a session gives way to a fresh one before the service ends it.
 *
 * @param after age at which the next session is opened
 * @param jitter by up to how much earlier, at random, so that many streams do not rotate at once
 * @param warmUp how long the next session is fed silence before it gets speech
 * @param pauseWait how long a pause of the speaker is waited for
 * @param latest age by which speech goes to the next session even if the service said nothing
 * @param drainAtMost how long the old session may go on speaking after it got its last speech
 */
public record RotationSettings(
    Duration after,
    Duration jitter,
    Duration warmUp,
    Duration pauseWait,
    Duration latest,
    Duration drainAtMost) {

  /**
   * The service says goAway at 9:00 and closes at about 9:50; a fresh session needs 3 s of lead-in.
   */
  public static final RotationSettings DEFAULT =
      new RotationSettings(
          Duration.ofSeconds(510),
          Duration.ofSeconds(20),
          Duration.ofSeconds(3),
          Duration.ofSeconds(20),
          Duration.ofSeconds(580),
          Duration.ofSeconds(9));
}
