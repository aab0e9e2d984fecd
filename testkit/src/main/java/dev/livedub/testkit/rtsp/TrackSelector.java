package dev.livedub.testkit.rtsp;

/** Which elementary streams a fault concerns. */
public enum TrackSelector {
  /** Pictures only. */
  VIDEO,
  /** Sound only. */
  AUDIO,
  /** Every one. */
  ALL;

  boolean matches(MediaKind kind) {
    return switch (this) {
      case VIDEO -> kind == MediaKind.VIDEO;
      case AUDIO -> kind == MediaKind.AUDIO;
      case ALL -> true;
    };
  }
}
