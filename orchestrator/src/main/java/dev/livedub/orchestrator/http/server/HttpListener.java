package dev.livedub.orchestrator.http.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens on an address and has requests answered.
 *
 * <p><b>Threading:</b> a few event loop threads of its own, named by {@link Setup#threadName()};
 * methods from any other thread.
 */
public final class HttpListener implements AutoCloseable {

  private static final int BACKLOG = 1_024;
  private static final int LOW_WATER_BYTES = 32 * 1_024;
  private static final int HIGH_WATER_BYTES = 64 * 1_024;
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final long QUIET_MILLIS = 500;

  /**
   * What is served and how.
   *
   * @param threads event loops that serve connections
   * @param tls empty for plain HTTP
   */
  public record Setup(
      ServerLimits limits,
      RequestHandler handler,
      ServerMeters meters,
      Optional<SslContext> tls,
      String threadName,
      int threads) {}

  private final EventLoopGroup accepting;
  private final EventLoopGroup serving;
  private final Channel listening;
  private final ConnectionBook book;

  private HttpListener(
      EventLoopGroup accepting, EventLoopGroup serving, Channel listening, ConnectionBook book) {
    this.accepting = accepting;
    this.serving = serving;
    this.listening = listening;
    this.book = book;
  }

  /**
   * Listens and serves.
   *
   * @param host address of this machine to listen on
   * @param port 0 for any free one
   * @throws IOException if the address cannot be had
   */
  public static HttpListener start(String host, int port, Setup setup) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("unknown host " + host);
    }
    EventLoopGroup accepting = loops(setup.threadName() + "-accept", 1);
    EventLoopGroup serving = loops(setup.threadName(), setup.threads());
    ConnectionBook book = new ConnectionBook(setup.limits().connections(), setup.meters());
    ChannelFuture bound =
        bootstrap(accepting, serving)
            .childHandler(new Pipeline(setup, book))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      end(accepting);
      end(serving);
      throw new IOException(reason(bound.cause()), bound.cause());
    }
    return new HttpListener(accepting, serving, bound.channel(), book);
  }

  /** The port listened on. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /**
   * Takes no further connection, lets answers under way be finished, within 5 s, and ends.
   * Idempotent.
   */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly(QUIET_MILLIS);
    for (Channel channel : book.close()) {
      channel
          .eventLoop()
          .execute(() -> channel.pipeline().fireUserEventTriggered(Connection.Event.SERVER_ENDS));
    }
    try {
      book.awaitEmpty(CLOSE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(accepting);
    end(serving);
  }

  private static ServerBootstrap bootstrap(EventLoopGroup accepting, EventLoopGroup serving) {
    return new ServerBootstrap()
        .group(accepting, serving)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES));
  }

  private static EventLoopGroup loops(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  private static void end(EventLoopGroup loops) {
    loops
        .shutdownGracefully(0, QUIET_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(QUIET_MILLIS);
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null ? "cannot listen" : String.valueOf(cause.getMessage());
  }

  private static final class Pipeline extends ChannelInitializer<SocketChannel> {

    private final Setup setup;
    private final ConnectionBook book;

    Pipeline(Setup setup, ConnectionBook book) {
      this.setup = setup;
      this.book = book;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      if (!book.enter(channel)) {
        ChannelFuture unused = channel.close();
        return;
      }
      channel.closeFuture().addListener(closed -> book.left(channel));
      ChannelPipeline pipeline = channel.pipeline();
      setup.tls().ifPresent(tls -> pipeline.addLast(tlsHandler(tls, channel)));
      Connection connection =
          new Connection(channel, setup.limits(), setup.handler(), book, setup.meters());
      pipeline.addLast(connection.decoder()).addLast(new HttpResponseEncoder()).addLast(connection);
    }

    private static SslHandler tlsHandler(SslContext tls, SocketChannel channel) {
      SslHandler handler = tls.newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(HANDSHAKE.toMillis());
      return handler;
    }
  }
}
