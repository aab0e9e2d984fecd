package dev.livedub.media.rtmp;

import dev.livedub.media.net.Link;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** The handshake of version 3, without digests (Adobe's RTMP 1.0, 5.2). */
final class Handshake {

  private static final int VERSION = 3;
  private static final int BLOCK_BYTES = 1536;

  /** Time and zero come before the random bytes (5.2.3). */
  private static final int HEAD_BYTES = 8;

  private Handshake() {}

  /**
   * Greets the server and hears its greeting.
   *
   * @return what has to be sent before anything else (C2, 5.2.4)
   */
  static byte[] shake(Link link) throws IOException {
    byte[] random = new byte[BLOCK_BYTES - HEAD_BYTES];
    ThreadLocalRandom.current().nextBytes(random);
    link.write(
        ByteBuffer.allocate(1 + BLOCK_BYTES)
            .put((byte) VERSION)
            .put(new byte[HEAD_BYTES])
            .put(random)
            .flip());
    int version = read(link, 1)[0] & 0xFF;
    if (version != VERSION) {
      throw new ProtocolException("the server speaks no RTMP: it begins with byte " + version);
    }
    byte[] echo = read(link, BLOCK_BYTES); // S1
    read(link, BLOCK_BYTES); // S2; some servers send anything
    return echo;
  }

  private static byte[] read(Link link, int sizeBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(sizeBytes);
    while (bytes.hasRemaining()) {
      if (link.read(bytes, true) < 0) {
        throw new EOFException("the server ended the handshake");
      }
    }
    return bytes.array();
  }
}
