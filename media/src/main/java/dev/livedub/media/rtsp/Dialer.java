package dev.livedub.media.rtsp;

import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connects to a host at one of its addresses: the first that answers, each for its share of time.
 */
final class Dialer {

  private Dialer() {}

  /**
   * A connection.
   *
   * @param opening told each attempt before it begins, so that it can be cancelled
   * @throws RtspException if there is none to be had
   */
  static ByteStream dial(RtspUrl url, long dueNanos, Consumer<ByteStream> opening)
      throws RtspException {
    InetAddress[] addresses = resolve(url.host());
    for (int i = 0; ; i++) {
      boolean last = i == addresses.length - 1;
      long nowNanos = System.nanoTime();
      long shareNanos = (dueNanos - nowNanos) / (addresses.length - i);
      try {
        InetSocketAddress address = new InetSocketAddress(addresses[i], url.port());
        return connect(url, address, nowNanos + shareNanos, opening);
      } catch (IOException e) {
        if (last) {
          throw new RtspException(Reason.UNREACHABLE, reasonOf(e), e);
        }
      } catch (RtspException e) {
        if (last || e.reason() != Reason.OUT_OF_TIME) {
          throw e;
        }
      }
    }
  }

  private static InetAddress[] resolve(String host) throws RtspException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new RtspException(Reason.UNREACHABLE, "unknown host " + host, e);
    }
  }

  private static ByteStream connect(
      RtspUrl url, InetSocketAddress address, long dueNanos, Consumer<ByteStream> opening)
      throws IOException, RtspException {
    if (url.secure()) {
      TlsStream stream = new TlsStream((SSLSocketFactory) SSLSocketFactory.getDefault());
      return orClose(stream, opening, () -> stream.connect(url.host(), address, dueNanos));
    }
    TcpStream stream = new TcpStream();
    return orClose(stream, opening, () -> stream.connect(address, dueNanos));
  }

  private interface Attempt {
    void run() throws IOException, RtspException;
  }

  private static ByteStream orClose(
      ByteStream stream, Consumer<ByteStream> opening, Attempt attempt)
      throws IOException, RtspException {
    boolean connected = false;
    try {
      opening.accept(stream);
      attempt.run();
      connected = true;
      return stream;
    } finally {
      if (!connected) {
        stream.close();
      }
    }
  }

  static String reasonOf(IOException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
