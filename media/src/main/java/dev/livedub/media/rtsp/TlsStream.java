package dev.livedub.media.rtsp;

import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A TLS connection to a server whose certificate is trusted by this Java and bears the host's name.
 *
 * <p>To cancel it is to close the socket beneath.
 */
final class TlsStream implements ByteStream {

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int CHUNK_BYTES = 16 * 1024;

  private final SSLSocketFactory factory;
  private final Socket plain = new Socket();
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private @Nullable SSLSocket secured;
  private volatile boolean cancelled;

  TlsStream(SSLSocketFactory factory) {
    this.factory = factory;
  }

  /** Connects and shakes hands. On failure, only {@link #close} is left. */
  void connect(String host, InetSocketAddress address, long dueNanos)
      throws IOException, RtspException {
    try {
      plain.setTcpNoDelay(true);
      plain.connect(address, millisUntil(dueNanos));
      SSLSocket socket =
          (SSLSocket) factory.createSocket(plain, host, address.getPort(), /* autoClose= */ true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(millisUntil(dueNanos));
      socket.startHandshake();
      secured = socket;
    } catch (SSLHandshakeException e) {
      throw new RtspException(Reason.UNTRUSTED, "no TLS with it: " + e.getMessage(), e);
    } catch (IOException e) {
      throw fate(e);
    }
  }

  @Override
  public int read(ByteBuffer into, long dueNanos) throws IOException, RtspException {
    SSLSocket socket = connected();
    try {
      socket.setSoTimeout(millisUntil(dueNanos));
      int sizeBytes =
          socket.getInputStream().read(chunk, 0, Math.min(chunk.length, into.remaining()));
      if (sizeBytes > 0) {
        into.put(chunk, 0, sizeBytes);
      }
      return sizeBytes;
    } catch (IOException e) {
      throw fate(e);
    }
  }

  @Override
  public void write(ByteBuffer from, long dueNanos) throws IOException, RtspException {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    try {
      connected().getOutputStream().write(bytes);
    } catch (IOException e) {
      throw fate(e);
    }
  }

  private SSLSocket connected() {
    SSLSocket socket = secured;
    if (socket == null) {
      throw new IllegalStateException("not connected");
    }
    return socket;
  }

  private int millisUntil(long dueNanos) throws RtspException {
    long leftNanos = dueNanos - System.nanoTime();
    if (cancelled || leftNanos <= 0) {
      throw ended();
    }
    return (int) Math.min(Integer.MAX_VALUE, (leftNanos - 1) / NANOS_PER_MILLI + 1);
  }

  private RtspException ended() {
    return cancelled
        ? new RtspException(Reason.CANCELLED, "cancelled")
        : new RtspException(Reason.OUT_OF_TIME, "nothing came in time");
  }

  private IOException fate(IOException e) throws RtspException {
    if (cancelled || e instanceof SocketTimeoutException) {
      throw ended();
    }
    return e;
  }

  @Override
  public void cancel() {
    cancelled = true;
    closeQuietly();
  }

  @Override
  public void revive() {
    // A closed socket stays closed.
  }

  @Override
  public void close() {
    closeQuietly();
  }

  private void closeQuietly() {
    try {
      plain.close();
    } catch (IOException e) {
      cancelled = true;
    }
  }
}
