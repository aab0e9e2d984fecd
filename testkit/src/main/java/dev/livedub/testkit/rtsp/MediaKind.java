package dev.livedub.testkit.rtsp;

import java.util.Locale;

/** What an elementary stream carries, from its line {@code m=} in the session description. */
public enum MediaKind {
  /** Pictures. */
  VIDEO,
  /** Sound. */
  AUDIO,
  /** Anything else. */
  OTHER;

  static MediaKind ofSdp(String media) {
    return switch (media.toLowerCase(Locale.ROOT)) {
      case "video" -> VIDEO;
      case "audio" -> AUDIO;
      default -> OTHER;
    };
  }
}
