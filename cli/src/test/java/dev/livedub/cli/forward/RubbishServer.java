package dev.livedub.cli.forward;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every connection with 8 KiB of nonsense and keeps it open until the peer goes. */
final class RubbishServer implements AutoCloseable {

  private final ServerSocket listener;
  private final AtomicInteger answers = new AtomicInteger();

  RubbishServer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(this::serve, "rubbish");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "rtmp://127.0.0.1:" + listener.getLocalPort() + "/live/there";
  }

  int answers() {
    return answers.get();
  }

  private void serve() {
    byte[] rubbish = new byte[8_192];
    new Random(3).nextBytes(rubbish);
    rubbish[0] = 3; // the version that a handshake begins with
    while (!listener.isClosed()) {
      try (Socket peer = listener.accept()) {
        peer.getOutputStream().write(rubbish);
        answers.incrementAndGet();
        peer.setSoTimeout(2_000);
        peer.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // The peer went, as it should, or this is being closed.
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
