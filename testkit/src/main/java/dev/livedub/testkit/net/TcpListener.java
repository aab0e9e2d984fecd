package dev.livedub.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket on 127.0.0.1 that can be closed, so that connections are refused, and opened
 * again on the same port.
 *
 * <p>Threading: thread-safe; connections are handed over on a thread of its own, which must not be
 * blocked. Ownership: a socket handed over belongs to the receiver.
 */
public final class TcpListener implements AutoCloseable {

  private static final int BACKLOG = 128;
  private static final long JOIN_MILLIS = 2_000;

  private final String name;
  private final int receiveBufferBytes;
  private final Consumer<Socket> onConnection;
  private @Nullable ServerSocket server;
  private @Nullable Thread acceptor;
  private int port;
  private boolean closed;

  /**
   * Listens at once.
   *
   * @param port 0 takes a free one
   * @param receiveBufferBytes of the connections; 0 leaves the system's
   * @throws UncheckedIOException if the port cannot be had
   */
  public TcpListener(String name, int port, int receiveBufferBytes, Consumer<Socket> onConnection) {
    this.name = name;
    this.port = port == 0 ? FreePorts.next() : port;
    this.receiveBufferBytes = receiveBufferBytes;
    this.onConnection = onConnection;
    open();
  }

  /** The port, the same for life. */
  public synchronized int port() {
    return port;
  }

  /** Whether connections are accepted. */
  public synchronized boolean isOpen() {
    return server != null;
  }

  /** Refuses connections from now on; those that stand, stay. */
  public void refuse() {
    Thread last = closeServer();
    // The kernel goes on accepting until the thread inside accept has left it.
    if (last != null && last != Thread.currentThread()) {
      join(last);
    }
  }

  /**
   * Accepts connections again; nothing if it already does.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized void open() {
    if (closed) {
      throw new IllegalStateException(name + " is closed");
    }
    if (server != null) {
      return;
    }
    ServerSocket fresh = bind();
    server = fresh;
    port = fresh.getLocalPort();
    Thread thread = new Thread(() -> acceptFrom(fresh), name + "-accept");
    thread.setDaemon(true);
    acceptor = thread;
    thread.start();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    refuse();
  }

  private synchronized @Nullable Thread closeServer() {
    ServerSocket old = server;
    Thread last = acceptor;
    server = null;
    acceptor = null;
    try {
      if (old != null) {
        old.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close port " + port, e);
    }
    return last;
  }

  private static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ServerSocket bind() {
    try {
      ServerSocket fresh = new ServerSocket();
      fresh.setReuseAddress(true);
      if (receiveBufferBytes > 0) {
        fresh.setReceiveBufferSize(receiveBufferBytes);
      }
      fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot listen on port " + port, e);
    }
  }

  private void acceptFrom(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        handOver(from, from.accept());
      } catch (IOException e) {
        // A closed listener ends the loop; one failed handshake concerns only that peer.
        continue;
      }
    }
  }

  private void handOver(ServerSocket from, Socket socket) throws IOException {
    boolean current;
    synchronized (this) {
      current = server == from;
    }
    if (current) {
      socket.setTcpNoDelay(true);
      onConnection.accept(socket);
    } else {
      Hangup.RST.apply(socket);
    }
  }
}
