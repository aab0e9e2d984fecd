package dev.livedub.media.rtsp;

import dev.livedub.media.net.Link;
import dev.livedub.media.net.Patience;
import dev.livedub.media.net.TcpLink;
import dev.livedub.media.net.TlsException;
import dev.livedub.media.net.TlsLink;
import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;

/** Connects to a server. */
final class Dialer {

  private Dialer() {}

  /**
   * A connection.
   *
   * @param trust whose certificates are believed, where the address asks for TLS
   * @throws RtspException if there is none to be had
   */
  static ByteStream dial(RtspUrl url, long dueNanos, Patience patience, TlsLink.Trust trust)
      throws RtspException {
    patience.until(dueNanos);
    try {
      Link link = TcpLink.connect(url.host(), url.port(), TcpLink.KERNELS_CHOICE, patience);
      return new LinkStream(url.secure() ? secured(link, url, trust) : link, patience);
    } catch (InterruptedIOException e) {
      throw LinkStream.ended(e);
    } catch (UnknownHostException e) {
      throw new RtspException(Reason.UNREACHABLE, "unknown host " + url.host(), e);
    } catch (TlsException e) {
      throw new RtspException(Reason.UNTRUSTED, reasonOf(e), e);
    } catch (IOException e) {
      throw new RtspException(Reason.UNREACHABLE, reasonOf(e), e);
    }
  }

  private static Link secured(Link link, RtspUrl url, TlsLink.Trust trust) throws IOException {
    try {
      return TlsLink.over(link, url.host(), url.port(), trust);
    } catch (IOException e) {
      link.close();
      throw e;
    }
  }

  static String reasonOf(IOException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
