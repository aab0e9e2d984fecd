package dev.livedub.cli.captions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** A disk with so much room, which writes what still fits before it says that it is full. */
final class CappedChannel implements SeekableByteChannel {

  private byte[] bytes = new byte[0];
  private volatile int room;
  private volatile boolean open = true;

  /** Writing waits until this is counted down. */
  final CountDownLatch gate = new CountDownLatch(1);

  CappedChannel(int room) {
    this.room = room;
  }

  void makeRoom(int more) {
    room = more;
  }

  synchronized String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    await();
    synchronized (this) {
      int written = Math.min(from.remaining(), room - bytes.length);
      if (written <= 0) {
        throw new IOException("No space left on device");
      }
      byte[] part = new byte[written];
      from.get(part);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(bytes);
      all.writeBytes(part);
      bytes = all.toByteArray();
      return written;
    }
  }

  private void await() throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public synchronized SeekableByteChannel truncate(long sizeBytes) {
    bytes = Arrays.copyOf(bytes, (int) sizeBytes);
    return this;
  }

  @Override
  public synchronized long position() {
    return bytes.length;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    return this;
  }

  @Override
  public synchronized long size() {
    return bytes.length;
  }

  @Override
  public int read(ByteBuffer into) {
    throw new UnsupportedOperationException("only written to");
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
