package dev.livedub.media.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a conversation goes over.
 *
 * <p><b>Threading:</b> one owner.
 */
interface ByteStream extends AutoCloseable {

  /**
   * Reads what is there, or waits for some.
   *
   * @param dueNanos the moment of {@code System.nanoTime()} at which to give up
   * @return how many bytes; -1 if the server ended the stream in good order
   */
  int read(ByteBuffer into, long dueNanos) throws IOException, RtspException;

  /** Writes all of it. */
  void write(ByteBuffer from, long dueNanos) throws IOException, RtspException;

  @Override
  void close();
}
