package dev.livedub.media.rtmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server on loopback that does what a test says, connection by connection. */
public final class ScriptedServer implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  /** What to do with one connection; the connection is closed when it returns. */
  public interface Script {
    void run(ScriptedPeer peer) throws Exception;
  }

  private final ServerSocket socket;
  private final CompletableFuture<Void> done;

  private ScriptedServer(ServerSocket unbound, Script... connections) {
    socket = unbound;
    try {
      // Small, so that a server that does not read is felt.
      socket.setReceiveBufferSize(16 * 1024);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    done = CompletableFuture.runAsync(() -> serve(connections), ScriptedServer::onThread);
  }

  /** Serves as many connections as there are scripts, one after the other. */
  public static ScriptedServer start(Script... connections) {
    try {
      return new ScriptedServer(new ServerSocket(), connections);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same on a socket that is not bound yet. */
  static ScriptedServer start(ServerSocket unbound, Script... connections) {
    return new ScriptedServer(unbound, connections);
  }

  private static void onThread(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Script... connections) {
    try {
      for (Script script : connections) {
        try (Socket connection = socket.accept()) {
          script.run(new ScriptedPeer(connection));
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("the script failed", e);
    }
  }

  RtmpAddress address(String path) {
    return RtmpAddress.of("rtmp://127.0.0.1:" + socket.getLocalPort() + path);
  }

  /** The port it listens on. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Waits for the end of the script and passes on what went wrong in it. */
  public void await() throws ExecutionException, InterruptedException, TimeoutException {
    done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
