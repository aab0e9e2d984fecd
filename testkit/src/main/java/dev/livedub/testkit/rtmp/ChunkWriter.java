package dev.livedub.testkit.rtmp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Sends messages in chunks, all with timestamp 0. Threading: one thread. */
final class ChunkWriter {

  private static final int DEFAULT_CHUNK_BYTES = 128;

  private final OutputStream out;
  private int chunkBytes = DEFAULT_CHUNK_BYTES;

  ChunkWriter(OutputStream out) {
    this.out = out;
  }

  /** Announces a chunk size and uses it from the next message on. */
  void chunkBytes(int newChunkBytes) throws IOException {
    control(RtmpMessage.SET_CHUNK_SIZE, newChunkBytes);
    chunkBytes = newChunkBytes;
  }

  /** Sends a control message whose payload is one number. */
  void control(int type, long number) throws IOException {
    message(2, type, 0, ByteBuffer.allocate(4).putInt((int) number).array());
  }

  void message(int chunkStreamId, int type, int streamId, byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 32);
    bytes.write(chunkStreamId);
    bytes.writeBytes(new byte[3]);
    bytes.write(payload.length >> 16);
    bytes.write(payload.length >> 8);
    bytes.write(payload.length);
    bytes.write(type);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(Integer.reverseBytes(streamId)).array());
    for (int at = 0; at < payload.length; at += chunkBytes) {
      if (at > 0) {
        bytes.write(0xC0 | chunkStreamId);
      }
      bytes.write(payload, at, Math.min(chunkBytes, payload.length - at));
    }
    out.write(bytes.toByteArray());
  }
}
