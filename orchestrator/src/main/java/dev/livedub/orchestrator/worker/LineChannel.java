package dev.livedub.orchestrator.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A connection to a worker's process. Bounded: a worker that does not read is cut off once {@value
 * #MAX_UNSENT_BYTES} bytes wait for it.
 *
 * <p><b>Threading:</b> the host's loop.
 *
 * <p><b>Ownership:</b> the channel, until closed.
 */
final class LineChannel implements HostLoop.Ready {

  /** Told what comes, and once that nothing comes any more. */
  interface Listener {
    void onMessage(LineChannel from, WorkerMessage message);

    /** Whether it was closed here or there. */
    void onClosed(LineChannel from, String why);
  }

  static final int MAX_UNSENT_BYTES = 4 * Wire.MAX_LINE_BYTES;

  private final SocketChannel channel;
  private final Wire wire;
  private final Listener listener;
  private final SelectionKey key;
  private final LineAssembler lines = new LineAssembler();
  private final ByteBuffer received = ByteBuffer.allocate(16 * 1024);
  private final Queue<ByteBuffer> unsent = new ArrayDeque<>();
  private final long openedNanos = System.nanoTime();
  private int unsentBytes;
  private boolean closed;

  /** Takes a channel over. */
  LineChannel(HostLoop loop, SocketChannel channel, Wire wire, Listener listener)
      throws IOException {
    this.channel = channel;
    this.wire = wire;
    this.listener = listener;
    channel.configureBlocking(false);
    this.key = loop.register(channel, SelectionKey.OP_READ, this);
  }

  /** When it was made. */
  long openedNanos() {
    return openedNanos;
  }

  /** Sends a message, now or as soon as the worker reads. */
  void send(HostMessage message) {
    if (closed) {
      return;
    }
    ByteBuffer line = ByteBuffer.wrap(wire.encode((Record) message));
    unsent.add(line);
    unsentBytes += line.remaining();
    flush();
  }

  @Override
  public void onReady(SelectionKey ready) {
    if (ready.isValid() && ready.isWritable()) {
      flush();
    }
    if (ready.isValid() && ready.isReadable()) {
      receive();
    }
  }

  /** Ends it. Idempotent. */
  void close(String why) {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      // There is nothing left to lose.
    }
    listener.onClosed(this, why);
  }

  private void receive() {
    try {
      received.clear();
      int count = channel.read(received);
      if (count < 0) {
        close("the other side closed it");
        return;
      }
      received.flip();
      for (byte[] line : lines.take(received)) {
        if (!closed) {
          listener.onMessage(this, wire.fromWorker(line));
        }
      }
    } catch (IOException e) {
      close(String.valueOf(e.getMessage()));
    } catch (WireException e) {
      close("not a message: " + e.getMessage());
    }
  }

  private void flush() {
    try {
      for (ByteBuffer line = unsent.peek(); line != null; line = unsent.peek()) {
        unsentBytes -= channel.write(line);
        if (line.hasRemaining()) {
          break;
        }
        unsent.remove();
      }
      key.interestOps(SelectionKey.OP_READ | (unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE));
      if (unsentBytes > MAX_UNSENT_BYTES) {
        close("it does not read what it is told");
      }
    } catch (IOException e) {
      close(String.valueOf(e.getMessage()));
    }
  }
}
