package dev.livedub.media.source;

import java.time.Duration;

/**
 * Decides which packet opens a connection's timeline: the first keyframe, or, if none comes, sound.
 *
 * <p><b>Threading:</b> one owner.
 */
final class Opening {

  /** How long sound waits for a first keyframe before it goes on air alone. */
  private static final Duration SOUND_WAITS = Duration.ofSeconds(10);

  private boolean hasPicture;
  private long connectedNanos;

  void connected(boolean withPicture, long nowNanos) {
    hasPicture = withPicture;
    connectedNanos = nowNanos;
  }

  /** Whether sound may open the timeline. */
  boolean maySoundOpen(long nowNanos) {
    return !hasPicture || nowNanos - connectedNanos > SOUND_WAITS.toNanos();
  }
}
