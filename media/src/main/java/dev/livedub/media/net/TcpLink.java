package dev.livedub.media.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A TCP connection. Its channel never blocks; its selector waits, and only when the kernel takes or
 * has no more.
 *
 * <p><b>Threading:</b> one thread. <b>Ownership:</b> owns channel and selector.
 */
public final class TcpLink implements Link {

  /** Leaves the size of a buffer to the kernel. */
  public static final int KERNELS_CHOICE = 0;

  private final Patience patience;
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;

  private TcpLink(Patience patience, SocketChannel channel, Selector selector) throws IOException {
    this.patience = patience;
    this.channel = channel;
    this.selector = selector;
    channel.configureBlocking(false);
    key = channel.register(selector, 0);
  }

  /**
   * Connects to the first of the host's addresses that answers.
   *
   * <p>The size of the receive buffer is left to the kernel: setting one ends its tuning, and caps
   * it below what a fast stream over a long way needs.
   *
   * @param sendBufferBytes for the kernel, which doubles it; {@link #KERNELS_CHOICE} for its own
   *     size
   */
  public static TcpLink connect(String host, int port, int sendBufferBytes, Patience patience)
      throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    long dueNanos = patience.dueNanos();
    for (int i = 0; ; i++) {
      int untried = addresses.length - i;
      // An address that does not answer leaves the later ones their share of the time.
      patience.within(patience.left().dividedBy(untried));
      TcpLink link = open(sendBufferBytes, patience);
      try {
        link.connect(new InetSocketAddress(addresses[i], port));
        return link;
      } catch (IOException e) {
        link.close();
        if (untried == 1) {
          throw e;
        }
      } finally {
        patience.until(dueNanos);
      }
    }
  }

  private static TcpLink open(int sendBufferBytes, Patience patience) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      if (sendBufferBytes != KERNELS_CHOICE) {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
      }
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return new TcpLink(patience, channel, Selector.open());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void connect(InetSocketAddress address) throws IOException {
    if (!channel.connect(address)) {
      while (!channel.finishConnect()) {
        await(SelectionKey.OP_CONNECT);
      }
    }
  }

  private void await(int operation) throws IOException {
    key.interestOps(operation);
    patience.await(selector);
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    channel.write(bytes);
    while (bytes.hasRemaining()) {
      await(SelectionKey.OP_WRITE);
      channel.write(bytes);
    }
  }

  @Override
  public int read(ByteBuffer target, boolean waits) throws IOException {
    patience.check(); // whoever sends without an end must not be listened to without one
    int readBytes = channel.read(target);
    while (readBytes == 0 && waits) {
      await(SelectionKey.OP_READ);
      readBytes = channel.read(target);
    }
    return readBytes;
  }

  @Override
  public void endOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is closed below in any case.
    }
    close();
  }

  @Override
  public void close() {
    try {
      selector.close();
      channel.close();
    } catch (IOException e) {
      // Nobody is left to be told.
    }
  }
}
