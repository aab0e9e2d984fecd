package dev.livedub.core.timeline;

/** Sentinels of the timeline. */
public final class MediaTimes {

  /** Stands for a timestamp that the container or protocol did not give. */
  public static final long UNSET_MICROS = Long.MIN_VALUE;

  private MediaTimes() {}
}
