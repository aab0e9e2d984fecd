package dev.livedub.testkit.rtsp;

import dev.livedub.testkit.net.Hangup;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * One TCP connection of the relay.
 *
 * <p>Threading: one thread reads; writes come from it and from a player's writer and are whole
 * messages under one lock; anyone may hang up. Ownership: owns the socket.
 */
final class RtspConnection implements AutoCloseable {

  private final Socket socket;
  private final RtspInput input;
  private final OutputStream output;
  private final Object writeLock = new Object();

  RtspConnection(Socket socket) throws IOException {
    this.socket = socket;
    input = new RtspInput(socket.getInputStream());
    output = socket.getOutputStream();
  }

  RtspInput input() {
    return input;
  }

  /** A read that waits longer than this fails. */
  void readTimeout(Duration timeout) throws IOException {
    socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, timeout.toMillis()));
  }

  void write(byte[] bytes, int sizeBytes) throws IOException {
    synchronized (writeLock) {
      output.write(bytes, 0, sizeBytes);
    }
  }

  void hangUp(Hangup how) {
    how.apply(socket);
  }

  @Override
  public void close() {
    Hangup.closeQuietly(socket);
  }
}
