package dev.livedub.testkit.rtmp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.util.Random;

/** The server's side of the plain handshake (Adobe's RTMP specification 1.0, 5.2). */
final class Handshake {

  private static final int VERSION = 3;
  private static final int BLOCK_BYTES = 1536;
  private static final int HEAD_BYTES = 8;

  private Handshake() {}

  /** Reads C0 to C2 and sends S0 to S2. */
  static void answer(RtmpInput in, OutputStream out) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new ProtocolException("RTMP version " + version);
    }
    byte[] c1 = new byte[BLOCK_BYTES];
    in.readFully(c1, 0, BLOCK_BYTES);
    byte[] reply = new byte[1 + 2 * BLOCK_BYTES];
    byte[] random = new byte[BLOCK_BYTES - HEAD_BYTES];
    new Random(BLOCK_BYTES).nextBytes(random);
    reply[0] = VERSION;
    // Time and version stay 0: a version would promise the digests of the other handshake.
    System.arraycopy(random, 0, reply, 1 + HEAD_BYTES, random.length);
    System.arraycopy(c1, 0, reply, 1 + BLOCK_BYTES, BLOCK_BYTES);
    out.write(reply);
    in.readFully(new byte[BLOCK_BYTES], 0, BLOCK_BYTES);
  }
}
