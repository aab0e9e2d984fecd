package dev.livedub.media.source;

import dev.livedub.core.config.DubConfig;
import java.time.Duration;
import java.util.Locale;

/**
 * What to read and how patiently.
 *
 * @param url as configured
 * @param fast whether a file is read as fast as it goes
 * @param readyTimeout patience at the start
 * @param reconnectTimeout patience after a loss
 * @param gather how long packets may wait for others before they are read
 */
public record SourceSettings(
    String url, boolean fast, Duration readyTimeout, Duration reconnectTimeout, Duration gather) {

  /** A playout delay from this on hides that packets waited to be read together. */
  private static final Duration HIDING_DELAY = Duration.ofMillis(200);

  /** Of the playout delay, what the waiting may take; a translator gets the sound later by half. */
  private static final int SHARE = 20;

  /** More would hardly save anything: each stream then wakes its thread 5 times a second. */
  private static final Duration LONGEST_GATHER = Duration.ofMillis(200);

  /** What a worker's configuration says of its input. */
  public static SourceSettings of(DubConfig config) {
    Duration share = config.delay().least().dividedBy(SHARE);
    Duration gather = share.compareTo(LONGEST_GATHER) < 0 ? share : LONGEST_GATHER;
    boolean hidden = config.delay().least().compareTo(HIDING_DELAY) >= 0;
    return new SourceSettings(
        config.input(),
        config.fast(),
        config.readyTimeout(),
        config.reconnectTimeout(),
        hidden ? gather : Duration.ZERO);
  }

  /** Whether it is a local file. */
  public boolean isFile() {
    return !url.contains("://") || url.startsWith("file:");
  }

  /** Whether packets must be held back to real time. */
  boolean paced() {
    return isFile() && !fast;
  }

  /** Whether arrival times mean something: of everything but a file read as fast as it goes. */
  public boolean isLive() {
    return !(isFile() && fast);
  }

  /** Whether an end is the end: of a file or a playlist, not of a stream a publisher may resume. */
  boolean endsForGood() {
    return isFile() || url.toLowerCase(Locale.ROOT).startsWith("http");
  }
}
