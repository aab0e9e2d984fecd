package dev.livedub.orchestrator.worker;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's way to its orchestrator: connects, says who it is, hands on what it is told, and looks
 * for the orchestrator again whenever it is gone.
 *
 * <p><b>Threading:</b> any thread may send, which blocks while the orchestrator does not read; the
 * listener is called by the thread {@code worker-link}.
 *
 * <p><b>Ownership:</b> the connection, until closed.
 */
final class HostLink implements AutoCloseable {

  /** Told what comes. */
  interface Listener {
    void onMessage(HostMessage message);

    /**
     * The connection is gone, or there never was one; it is tried again until the link is closed.
     */
    void onLost();
  }

  private static final Logger LOG = LoggerFactory.getLogger(HostLink.class);

  private final Path socket;
  private final Supplier<WorkerMessage.Hello> hello;
  private final Listener listener;
  private final Duration pause;
  private final Thread thread = new Thread(this::work, "worker-link");
  private final Wire outgoing = new Wire();
  private final Wire incoming = new Wire();
  private final Object writing = new Object();
  private volatile @Nullable SocketChannel channel;
  private volatile boolean welcome;
  private volatile boolean closed;
  private volatile long aloneSinceNanos = System.nanoTime();

  /**
   * A link that has not begun.
   *
   * @param hello who the worker is at the moment
   * @param pause between two tries
   */
  HostLink(Path socket, Supplier<WorkerMessage.Hello> hello, Listener listener, Duration pause) {
    this.socket = socket;
    this.hello = hello;
    this.listener = listener;
    this.pause = pause;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether an orchestrator wants to hear from the worker. */
  boolean isWelcome() {
    return welcome;
  }

  /** How long no orchestrator has wanted to; zero while one does. */
  Duration alone() {
    return welcome ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - aloneSinceNanos);
  }

  /** Sends a message; says whether it went out whole. */
  boolean send(WorkerMessage message) {
    SocketChannel open = channel;
    if (open == null) {
      return false;
    }
    try {
      write(open, message);
      return true;
    } catch (IOException e) {
      // Whoever reads notices, too, and goes looking.
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    closeQuietly(channel);
    LockSupport.unpark(thread);
  }

  private void work() {
    while (!closed) {
      try (SocketChannel open = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        channel = open;
        write(open, hello.get());
        receive(open);
      } catch (IOException | WireException e) {
        LOG.atDebug().setCause(e).log("no orchestrator");
      }
      lost();
    }
  }

  private void receive(SocketChannel open) throws IOException, WireException {
    ByteBuffer bytes = ByteBuffer.allocate(16 * 1024);
    LineAssembler lines = new LineAssembler();
    while (!closed && open.read(bytes) >= 0) {
      bytes.flip();
      for (byte[] line : lines.take(bytes)) {
        handle(incoming.fromHost(line));
      }
      bytes.clear();
    }
  }

  private void handle(HostMessage message) {
    if (message instanceof HostMessage.Run || message instanceof HostMessage.Welcome) {
      welcome = true;
    }
    listener.onMessage(message);
  }

  private void lost() {
    if (welcome) {
      aloneSinceNanos = System.nanoTime();
    }
    welcome = false;
    channel = null;
    if (!closed) {
      listener.onLost();
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  private void write(SocketChannel open, WorkerMessage message) throws IOException {
    synchronized (writing) {
      ByteBuffer line = ByteBuffer.wrap(outgoing.encode((Record) message));
      while (line.hasRemaining()) {
        open.write(line);
      }
    }
  }

  private static void closeQuietly(@Nullable SocketChannel open) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      // There is nothing left to lose.
    }
  }
}
