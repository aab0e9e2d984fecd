package dev.livedub.testkit.rtsp;

/** What becomes of the packets that came during a stall. */
public enum StallRelease {
  /** They are lost. */
  DROP,
  /** They are delivered at once, before what follows. */
  BURST
}
