package dev.livedub.orchestrator.metrics;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code GET /metrics} and {@code GET /healthz} over plain HTTP; everything else is a
 * problem in JSON.
 *
 * <p>Bounded: {@value #MAX_CONNECTIONS} connections at once, requests of a few KiB without a body
 * worth the name, and a connection that says nothing for {@value #IDLE_SECONDS} s is closed.
 *
 * <p><b>Threading:</b> one event loop thread of its own, {@code metrics-http}.
 */
public final class MetricsServer implements AutoCloseable {

  static final int MAX_CONNECTIONS = 64;
  static final int IDLE_SECONDS = 30;

  private static final int MAX_LINE_BYTES = 2048;
  private static final int MAX_HEADER_BYTES = 8192;
  private static final int MAX_BODY_BYTES = 1024;
  private static final long CLOSE_MILLIS = 500;

  private final EventLoopGroup loop;
  private final Channel listening;

  private MetricsServer(EventLoopGroup loop, Channel listening) {
    this.loop = loop;
    this.listening = listening;
  }

  /**
   * Listens and serves.
   *
   * @param host address of this machine to listen on
   * @param port 0 for any free one
   * @throws IOException if the address cannot be had
   */
  public static MetricsServer start(String host, int port, Measurements measurements)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("unknown host " + host);
    }
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("metrics-http", true), NioIoHandler.newFactory());
    AtomicInteger connections = new AtomicInteger();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, MAX_CONNECTIONS)
            .childHandler(new Pipeline(measurements, connections))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
      throw new IOException(reason(bound.cause()), bound.cause());
    }
    return new MetricsServer(loop, bound.channel());
  }

  /** The port listened on. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @Override
  public void close() {
    listening.close().awaitUninterruptibly(CLOSE_MILLIS);
    loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_MILLIS);
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null ? "cannot listen" : String.valueOf(cause.getMessage());
  }

  private static final class Pipeline extends ChannelInitializer<SocketChannel> {

    private final Measurements measurements;
    private final AtomicInteger connections;

    Pipeline(Measurements measurements, AtomicInteger connections) {
      this.measurements = measurements;
      this.connections = connections;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      if (connections.incrementAndGet() > MAX_CONNECTIONS) {
        connections.decrementAndGet();
        channel.close();
        return;
      }
      channel.closeFuture().addListener(closed -> connections.decrementAndGet());
      HttpDecoderConfig limits =
          new HttpDecoderConfig()
              .setMaxInitialLineLength(MAX_LINE_BYTES)
              .setMaxHeaderSize(MAX_HEADER_BYTES);
      channel
          .pipeline()
          .addLast(new ReadTimeoutHandler(IDLE_SECONDS))
          .addLast(new HttpServerCodec(limits))
          .addLast(new HttpObjectAggregator(MAX_BODY_BYTES, true))
          .addLast(new MetricsHandler(measurements));
    }
  }
}
