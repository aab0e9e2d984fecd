package dev.livedub.media.rtsp;

import dev.livedub.media.net.Link;
import dev.livedub.media.net.Patience;
import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/**
 * A link, clear or encrypted.
 *
 * <p><b>Threading:</b> one owner. <b>Ownership:</b> owns the link, and sets the bounds of its
 * patience.
 */
final class LinkStream implements ByteStream {

  private final Link link;
  private final Patience patience;

  LinkStream(Link link, Patience patience) {
    this.link = link;
    this.patience = patience;
  }

  @Override
  public int read(ByteBuffer into, long dueNanos) throws IOException, RtspException {
    patience.until(dueNanos);
    try {
      return link.read(into, true);
    } catch (InterruptedIOException e) {
      throw ended(e);
    }
  }

  @Override
  public void write(ByteBuffer from, long dueNanos) throws IOException, RtspException {
    patience.until(dueNanos);
    try {
      link.write(from);
    } catch (InterruptedIOException e) {
      throw ended(e);
    }
  }

  /** What has become of a call whose patience ended. */
  static RtspException ended(InterruptedIOException e) {
    return e instanceof SocketTimeoutException
        ? new RtspException(Reason.OUT_OF_TIME, "nothing came in time", e)
        : new RtspException(Reason.CANCELLED, "cancelled", e);
  }

  @Override
  public void close() {
    link.close();
  }
}
