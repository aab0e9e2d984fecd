package dev.livedub.testkit.rtmp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads bytes from a connection and counts them; stands still while its gate is shut.
 *
 * <p>What the kernel had handed over before the gate was shut is held back, too. Threading: one
 * thread, except {@link #gate} and {@link #giveUp}.
 */
final class RtmpInput {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long countBytes;
  private volatile @Nullable ReadGate gate;
  private volatile boolean givenUp;

  RtmpInput(InputStream in) {
    this.in = in;
  }

  void gate(ReadGate newGate) {
    gate = newGate;
  }

  /** Ends a wait at the gate; the next read fails. */
  void giveUp() {
    givenUp = true;
    ReadGate current = gate;
    if (current != null) {
      current.wake();
    }
  }

  /** How many bytes were consumed so far. */
  long countBytes() {
    return countBytes;
  }

  /** Whether the stream ends here. */
  boolean atEnd() throws IOException {
    return position == limit && !fill();
  }

  int readByte() throws IOException {
    if (atEnd()) {
      throw new EOFException("within a message");
    }
    countBytes++;
    return buffer[position++] & 0xFF;
  }

  /** A big-endian unsigned number of one to four bytes. */
  long readNumber(int sizeBytes) throws IOException {
    long number = 0;
    for (int i = 0; i < sizeBytes; i++) {
      number = number << 8 | readByte();
    }
    return number;
  }

  long readLittleEndian() throws IOException {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) readNumber(4)));
  }

  void readFully(byte[] bytes, int offset, int sizeBytes) throws IOException {
    int at = offset;
    int end = offset + sizeBytes;
    while (at < end) {
      if (atEnd()) {
        throw new EOFException("within a message");
      }
      int chunkBytes = Math.min(limit - position, end - at);
      System.arraycopy(buffer, position, bytes, at, chunkBytes);
      position += chunkBytes;
      at += chunkBytes;
      countBytes += chunkBytes;
    }
  }

  private boolean fill() throws IOException {
    passGate();
    position = 0;
    int readBytes = in.read(buffer, 0, buffer.length);
    limit = Math.max(readBytes, 0);
    // A read that waited in the kernel while the gate was shut must not hand its bytes on.
    passGate();
    return readBytes > 0;
  }

  private void passGate() throws IOException {
    ReadGate current = gate;
    try {
      if (current != null) {
        current.pass(() -> givenUp);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("at the gate").initCause(e);
    }
    if (givenUp) {
      throw new EOFException("connection was closed");
    }
  }
}
