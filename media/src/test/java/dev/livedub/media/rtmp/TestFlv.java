package dev.livedub.media.rtmp;

import java.nio.ByteBuffer;

/** FLV streams that hold what a test wants. */
final class TestFlv {

  private TestFlv() {}

  static ByteBuffer header() {
    return ByteBuffer.allocate(13)
        .put("FLV".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .rewind();
  }

  /** A tag of that many bytes, each of them {@code fill}. */
  static ByteBuffer tag(int type, int fill, int sizeBytes) {
    ByteBuffer tag = ByteBuffer.allocate(11 + sizeBytes + 4);
    tag.putInt(type << 24 | sizeBytes).position(11);
    for (int i = 0; i < sizeBytes; i++) {
      tag.put((byte) fill);
    }
    return tag.rewind();
  }
}
