package dev.livedub.testkit.rtmp;

/** What an FLV tag carries. */
public enum TagKind {
  /** Sound. */
  AUDIO,
  /** Pictures. */
  VIDEO,
  /** Script data such as onMetaData. */
  DATA
}
