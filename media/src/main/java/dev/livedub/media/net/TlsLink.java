package dev.livedub.media.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * TLS over another link. The server's certificate must be one that the JVM trusts, and name the
 * host.
 *
 * <p><b>Threading:</b> one thread. <b>Ownership:</b> owns the link beneath.
 */
public final class TlsLink implements Link {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int RECORDS_A_WRITE = 4;

  private final Link tcp;
  private final SSLEngine engine;
  private final ByteBuffer sealedOut;
  private final ByteBuffer sealedIn;
  private final ByteBuffer plainIn;

  private TlsLink(Link tcp, SSLEngine engine) {
    this.tcp = tcp;
    this.engine = engine;
    int recordBytes = engine.getSession().getPacketBufferSize();
    sealedOut = ByteBuffer.allocate(RECORDS_A_WRITE * recordBytes);
    sealedIn = ByteBuffer.allocate(recordBytes).flip();
    plainIn = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
  }

  /** Says whom to trust. */
  @FunctionalInterface
  public interface Trust {
    /**
     * A context that trusts them.
     *
     * @throws NoSuchAlgorithmException if this JVM has none
     */
    SSLContext context() throws NoSuchAlgorithmException;
  }

  /**
   * Agrees on keys with the server at the other end.
   *
   * @throws TlsException if its certificate is not trusted, or it speaks no TLS
   */
  public static TlsLink over(Link tcp, String host, int port, Trust trust) throws IOException {
    TlsLink link = new TlsLink(tcp, engine(host, port, trust));
    try {
      link.engine.beginHandshake();
      link.shakeHands(true);
      return link;
    } catch (SSLException e) {
      link.tellAlert();
      throw e.getCause() instanceof CertificateException cause
          ? new TlsException("its certificate is not trusted: " + cause.getMessage(), e)
          : new TlsException("TLS: " + e.getMessage(), e);
    }
  }

  private static SSLEngine engine(String host, int port, Trust trust) throws IOException {
    try {
      SSLEngine engine = trust.context().createSSLEngine(host, port);
      engine.setUseClientMode(true);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      engine.setSSLParameters(parameters);
      return engine;
    } catch (NoSuchAlgorithmException e) {
      throw new TlsException("no TLS in this JVM: " + e.getMessage(), e);
    }
  }

  /** Does what the engine asks for; waits for the server only where {@code waits}. */
  private void shakeHands(boolean waits) throws IOException {
    HandshakeStatus status = engine.getHandshakeStatus();
    while (status != HandshakeStatus.NOT_HANDSHAKING) {
      if (status == HandshakeStatus.NEED_TASK) {
        engine.getDelegatedTask().run();
      } else if (status == HandshakeStatus.NEED_WRAP) {
        seal(NOTHING.duplicate());
        send();
      } else if (!waits) {
        return;
      } else if (unseal(true) < 0) {
        throw new EOFException("the server ended the TLS handshake");
      }
      status = engine.getHandshakeStatus();
    }
  }

  /** A server that is told what is wrong can say so in its log. */
  private void tellAlert() {
    try {
      seal(NOTHING.duplicate());
      send();
    } catch (IOException e) {
      // The first failure is the one to report.
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      seal(bytes);
      boolean full = sealedOut.remaining() < engine.getSession().getPacketBufferSize();
      if (full || !bytes.hasRemaining()) {
        send();
      }
    }
  }

  private void seal(ByteBuffer bytes) throws IOException {
    SSLEngineResult result = engine.wrap(bytes, sealedOut);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      send();
    } else if (result.getStatus() == Status.CLOSED && bytes.hasRemaining()) {
      throw new EOFException("TLS was ended");
    }
  }

  private void send() throws IOException {
    sealedOut.flip();
    try {
      tcp.write(sealedOut);
    } finally {
      sealedOut.clear();
    }
  }

  /** Servers write small records, many of which are there to be read at once. */
  @Override
  public int read(ByteBuffer target, boolean waits) throws IOException {
    int begin = target.position();
    while (target.hasRemaining()) {
      while (!plainIn.hasRemaining()) {
        int comeBytes = target.position() - begin;
        int unsealed = unseal(waits && comeBytes == 0);
        if (unsealed <= 0) {
          return comeBytes > 0 ? comeBytes : unsealed;
        }
        shakeHands(false);
      }
      int partBytes = Math.min(plainIn.remaining(), target.remaining());
      target.put(plainIn.slice().limit(partBytes));
      plainIn.position(plainIn.position() + partBytes);
    }
    return target.position() - begin;
  }

  /** Opens the next record, of whichever kind; 0 if it has not come, −1 if none will. */
  private int unseal(boolean waits) throws IOException {
    while (true) {
      plainIn.clear();
      SSLEngineResult result;
      try {
        result = engine.unwrap(sealedIn, plainIn);
      } finally {
        plainIn.flip();
      }
      if (result.getStatus() == Status.CLOSED) {
        return -1;
      }
      if (result.getStatus() == Status.OK) {
        return 1;
      }
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        throw new ProtocolException("a TLS record that is too large");
      }
      sealedIn.compact();
      int readBytes;
      try {
        readBytes = tcp.read(sealedIn, waits);
      } finally {
        sealedIn.flip();
      }
      if (readBytes <= 0) {
        return readBytes;
      }
    }
  }

  @Override
  public void endOutput() throws IOException {
    engine.closeOutbound();
    seal(NOTHING.duplicate());
    send();
    tcp.endOutput();
  }

  @Override
  public void reset() {
    tcp.reset();
  }

  @Override
  public void close() {
    tcp.close();
  }
}
