package dev.livedub.media.rtp;

import java.nio.ByteBuffer;

/**
 * Takes one track's payloads out of their RTP packets.
 *
 * <p><b>Threading:</b> one owner.
 */
interface Unpacker {

  /**
   * Takes the payload of the next packet; one that makes no sense is left out.
   *
   * @param buffer in network byte order, borrowed during the call
   * @param marker the packet's marker bit
   * @param afterGap whether packets before this one are missing
   */
  void accept(
      ByteBuffer buffer, int at, int sizeBytes, boolean marker, int rtpTime, boolean afterGap);

  /** Says that nothing more will come: what is complete but waits is given out. */
  void finish();

  /** Takes what was unpacked, with the time still as RTP's. */
  @FunctionalInterface
  interface Output {
    /**
     * Takes one access unit.
     *
     * @param bytes its payload lies at the beginning; valid during the call
     */
    void accept(
        byte[] bytes,
        int sizeBytes,
        boolean keyframe,
        boolean hasTime,
        int rtpTime,
        long durationMicros);
  }
}
