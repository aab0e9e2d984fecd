package dev.livedub.cli.config;

/** How log lines look. */
public enum LogFormat {
  /** One JSON object a line. */
  JSON,
  /** One readable line per event. */
  TEXT
}
