package dev.livedub.testkit.rtsp;

/**
 * One packet on an RTSP connection (RFC 2326, 10.12).
 *
 * <p>Ownership: the array belongs to whoever holds the frame; the relay rewrites it before it is
 * shared, never after.
 *
 * @param bytes the four bytes of framing, then the packet
 */
record InterleavedFrame(byte[] bytes) implements Inbound {

  static final int HEADER_BYTES = 4;
  static final byte MAGIC = '$';

  int channel() {
    return bytes[1] & 0xFF;
  }

  int packetBytes() {
    return bytes.length - HEADER_BYTES;
  }
}
