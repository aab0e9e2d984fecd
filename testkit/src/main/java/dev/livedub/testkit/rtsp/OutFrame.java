package dev.livedub.testkit.rtsp;

/**
 * Bytes on their way to players; shared by all of them and never written again.
 *
 * @param track index of the track, or {@link #RAW}
 * @param rtcp whether it belongs on the track's second channel
 * @param bytes an interleaved frame with the publisher's channel number, or anything if raw
 */
record OutFrame(int track, boolean rtcp, byte[] bytes) {

  /** Not a frame: goes out as it is, to everybody. */
  static final int RAW = -1;
}
