package dev.livedub.media.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A connected stream of bytes. Calls block for as long as its {@link Patience} lasts.
 *
 * <p><b>Threading:</b> one thread.
 */
public interface Link extends Closeable {

  /** Hands all bytes over to the kernel. */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Reads what there is, as far as there is room for it.
   *
   * @param waits whether to wait for it
   * @return how many bytes; 0 if there are none and it was not to wait; −1 at the end of the stream
   */
  int read(ByteBuffer target, boolean waits) throws IOException;

  /** Ends what is sent; what the peer has to say may still be read. */
  void endOutput() throws IOException;

  /** Closes so that the peer sees an error, and forgets what it has not taken. */
  void reset();

  @Override
  void close();
}
