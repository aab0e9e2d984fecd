package dev.livedub.gemini.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Makes sockets for small messages at a steady pace: none waits for the acknowledgement of the one
 * before, and few fit into the system's buffer, so that a peer that stopped reading is noticed
 * after a second of sound rather than after a minute.
 */
final class TunedSocketFactory extends SocketFactory {

  /** The system doubles it for its own needs; sound flows at 44 kB/s. */
  private static final int SEND_BUFFER_BYTES = 32 * 1024;

  private final SocketFactory plain = SocketFactory.getDefault();

  @Override
  public Socket createSocket() throws IOException {
    return tuned(plain.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return tuned(plain.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return tuned(plain.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return tuned(plain.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return tuned(plain.createSocket(host, port, localAddress, localPort));
  }

  private static Socket tuned(Socket socket) throws SocketException {
    socket.setTcpNoDelay(true);
    socket.setSendBufferSize(SEND_BUFFER_BYTES);
    return socket;
  }
}
