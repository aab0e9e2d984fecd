package dev.livedub.bench.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Connections that are only held: nine of ten say nothing, one of ten sends a byte of a request a
 * second. One that the server ends is opened again at the next second.
 *
 * <p><b>Threading:</b> a thread of its own; {@link #open} from any other.
 */
final class HeldConnections implements AutoCloseable {

  private static final int SLOW_EVERY = 10;

  private final int port;
  private final List<SocketChannel> channels = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "held-connections");
            thread.setDaemon(true);
            return thread;
          });
  private volatile int open;
  private volatile int reopened;

  /** Holds so many. */
  HeldConnections(int port, int count) throws IOException {
    this.port = port;
    for (int i = 0; i < count; i++) {
      channels.add(connect());
    }
    open = count;
    if (count > 0) {
      clock.scheduleWithFixedDelay(this::beat, 1, 1, TimeUnit.SECONDS);
    }
  }

  /** How many were open at the last look, a second ago at most. */
  int open() {
    return open;
  }

  /** How many the server has ended. */
  int reopened() {
    return reopened;
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    try {
      clock.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }

  private void beat() {
    int alive = 0;
    for (int i = 0; i < channels.size() && !Thread.currentThread().isInterrupted(); i++) {
      if (isOpen(channels.get(i), i % SLOW_EVERY == 0)) {
        alive++;
      } else {
        reopen(i);
      }
    }
    open = alive;
  }

  private void reopen(int index) {
    try {
      channels.get(index).close();
      channels.set(index, connect());
      reopened++; // one thread writes
    } catch (IOException e) {
      // It is tried again at the next beat.
    }
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    channel.configureBlocking(false);
    return channel;
  }

  private static boolean isOpen(SocketChannel channel, boolean slow) {
    try {
      if (slow) {
        channel.write(ByteBuffer.wrap("P".getBytes(StandardCharsets.US_ASCII)));
      }
      return channel.read(ByteBuffer.allocate(512)) >= 0;
    } catch (IOException e) {
      return false;
    }
  }
}
