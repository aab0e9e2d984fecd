package dev.livedub.core.config;

/** What is heard where there was speech to translate and no translation to play. */
public enum FallbackMode {
  /** The original at full level. */
  ORIGINAL,
  /** The original without its voice. */
  BACKGROUND,
  /** The original at the level it has under a dub. */
  DUCKED_ORIGINAL,
  /** Nothing. */
  SILENCE
}
