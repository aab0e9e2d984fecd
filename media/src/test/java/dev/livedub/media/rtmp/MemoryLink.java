package dev.livedub.media.rtmp;

import dev.livedub.media.net.Link;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A link that keeps what is written and hands out what it was given, in parts of any size. */
final class MemoryLink implements Link {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ByteBuffer given;
  private final int partBytes;
  private int writes;

  MemoryLink(byte[] given, int partBytes) {
    this.given = ByteBuffer.wrap(given);
    this.partBytes = partBytes;
  }

  MemoryLink() {
    this(new byte[0], 1);
  }

  /** What was written since the last call. */
  byte[] written() {
    byte[] bytes = written.toByteArray();
    written.reset();
    return bytes;
  }

  /** How many calls it took. */
  int writes() {
    return writes;
  }

  @Override
  public void write(ByteBuffer bytes) {
    writes++;
    while (bytes.hasRemaining()) {
      written.write(bytes.get());
    }
  }

  @Override
  public int read(ByteBuffer target, boolean waits) {
    if (!given.hasRemaining()) {
      return waits ? -1 : 0;
    }
    int count = Math.min(Math.min(partBytes, given.remaining()), target.remaining());
    target.put(given.slice().limit(count));
    given.position(given.position() + count);
    return count;
  }

  @Override
  public void endOutput() {}

  @Override
  public void reset() {}

  @Override
  public void close() {}
}
