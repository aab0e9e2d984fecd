package dev.livedub.core.timeline;

/** The two elementary streams a dub carries. */
public enum StreamKind {
  VIDEO,
  AUDIO
}
