package dev.livedub.orchestrator.worker;

import dev.livedub.orchestrator.worker.LineChannel.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where workers' processes come in. Bounded: those that have not said who they are within {@link
 * #PATIENCE}, and the oldest of them beyond {@value #MAX_STRANGERS}, are cut off.
 *
 * <p><b>Threading:</b> the host's loop.
 *
 * <p><b>Ownership:</b> the socket, until closed; a connection until {@link #admit}.
 */
final class WorkerDoor implements HostLoop.Ready, AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(5);
  static final int MAX_STRANGERS = 256;

  private final HostLoop loop;
  private final Path path;
  private final Wire wire;
  private final Listener listener;
  private final ServerSocketChannel server;
  private final SelectionKey key;
  private final Set<LineChannel> strangers = new LinkedHashSet<>();

  /**
   * Listens on a socket whose directory nobody else uses; one that is left over is replaced.
   *
   * @throws IOException if the socket cannot be had
   */
  WorkerDoor(HostLoop loop, Path path, Wire wire, Listener listener) throws IOException {
    this.loop = loop;
    this.path = path;
    this.wire = wire;
    this.listener = listener;
    Files.deleteIfExists(path);
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      server.configureBlocking(false);
      this.key = loop.register(server, SelectionKey.OP_ACCEPT, this);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public void onReady(SelectionKey ready) {
    try {
      for (SocketChannel next = server.accept(); next != null; next = server.accept()) {
        strangers.add(new LineChannel(loop, next, wire, listener));
      }
    } catch (IOException e) {
      // Out of descriptors, most likely: without a pause this would be tried without end.
      key.interestOps(0);
      throw new UncheckedIOException("cannot take a worker's connection", e);
    }
    if (strangers.size() > MAX_STRANGERS) {
      strangers.iterator().next().close("too many who do not say who they are");
    }
  }

  /** A stranger has said who it is. */
  void admit(LineChannel known) {
    strangers.remove(known);
  }

  /** A connection is gone. */
  void forget(LineChannel gone) {
    strangers.remove(gone);
  }

  /** Cuts off those who have not said who they are. */
  void tick() {
    key.interestOps(SelectionKey.OP_ACCEPT);
    long nowNanos = System.nanoTime();
    List<LineChannel> late = new ArrayList<>();
    for (LineChannel stranger : strangers) {
      if (nowNanos - stranger.openedNanos() > PATIENCE.toNanos()) {
        late.add(stranger);
      }
    }
    late.forEach(stranger -> stranger.close("it does not say who it is"));
  }

  @Override
  public void close() {
    List.copyOf(strangers).forEach(stranger -> stranger.close("the orchestrator ends"));
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the workers' socket", e);
    }
  }
}
