package dev.livedub.core.config;

/** What becomes of the original under a dub. */
public enum BackgroundMode {
  /** All of it is turned down. */
  DUCK,
  /** Its voice is taken out, the rest is kept. */
  SEPARATE
}
