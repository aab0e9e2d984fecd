package dev.livedub.media.rtsp;

import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection that waits by a selector, so that a wait can be bounded and aborted without
 * closing what waits.
 *
 * <p>The size of the receive buffer is left to the kernel: setting one ends its tuning, and caps it
 * below what a fast stream over a long way needs.
 */
final class TcpStream implements ByteStream {

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Object closing = new Object();
  private final Selector selector;
  private final SocketChannel channel;
  private final SelectionKey key;
  private volatile boolean cancelled;
  private boolean closed;

  TcpStream() throws IOException {
    selector = Selector.open();
    SocketChannel opened = null;
    try {
      opened = SocketChannel.open();
      opened.configureBlocking(false);
      key = opened.register(selector, 0);
    } catch (IOException | RuntimeException e) {
      selector.close();
      if (opened != null) {
        opened.close();
      }
      throw e;
    }
    channel = opened;
  }

  /** Connects. On failure, only {@link #close} is left. */
  void connect(InetSocketAddress address, long dueNanos) throws IOException, RtspException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    if (!channel.connect(address)) {
      do {
        await(SelectionKey.OP_CONNECT, dueNanos);
      } while (!channel.finishConnect());
    }
  }

  @Override
  public int read(ByteBuffer into, long dueNanos) throws IOException, RtspException {
    int sizeBytes = channel.read(into);
    while (sizeBytes == 0) {
      await(SelectionKey.OP_READ, dueNanos);
      sizeBytes = channel.read(into);
    }
    if (cancelled) {
      throw new RtspException(Reason.CANCELLED, "cancelled");
    }
    return sizeBytes;
  }

  @Override
  public void write(ByteBuffer from, long dueNanos) throws IOException, RtspException {
    channel.write(from);
    while (from.hasRemaining()) {
      await(SelectionKey.OP_WRITE, dueNanos);
      channel.write(from);
    }
  }

  private void await(int operation, long dueNanos) throws IOException, RtspException {
    if (key.interestOps() != operation) {
      key.interestOps(operation);
    }
    while (!cancelled) {
      long leftNanos = dueNanos - System.nanoTime();
      if (leftNanos <= 0) {
        throw new RtspException(Reason.OUT_OF_TIME, "nothing came in time");
      }
      if (selector.select(ready -> {}, (leftNanos - 1) / NANOS_PER_MILLI + 1) > 0) {
        return;
      }
    }
    throw new RtspException(Reason.CANCELLED, "cancelled");
  }

  @Override
  public void cancel() {
    cancelled = true;
    synchronized (closing) {
      if (!closed) {
        selector.wakeup();
      }
    }
  }

  @Override
  public void revive() {
    cancelled = false;
  }

  @Override
  public void close() {
    synchronized (closing) {
      closed = true;
      try {
        channel.close();
        selector.close(); // lets go of the channel's descriptor, too
      } catch (IOException e) {
        // Nothing can be done about a connection that cannot even be closed.
        closed = true;
      }
    }
  }
}
