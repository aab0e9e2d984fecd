package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.fault.FaultPlan.Target;
import dev.livedub.testkit.gemini.fault.SimFault;
import dev.livedub.testkit.gemini.record.SimRecord;
import dev.livedub.testkit.net.FaultLog;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that behaves like Gemini Live Translate, as strictly, on 127.0.0.1, and fails on demand.
 *
 * <p>Its answers come out of the sound it is given: speech is answered about 3.3 s later by speech
 * that says which half second of the source it translates, see {@code MarkedSpeechReader}. It keeps
 * a record of what its clients do wrong.
 *
 * <p><b>Threading</b>: thread-safe; its own daemon threads are called {@code gemini-sim}.
 * <b>Ownership</b>: closing it closes every connection.
 */
public final class GeminiSim implements AutoCloseable {

  private static final int THREADS = 2;
  private static final int BACKLOG = 256;
  private static final int MAX_BODY_BYTES = 1_024 * 1_024;
  private static final int MAX_UNSENT_BYTES = 16 * 1_024 * 1_024;
  private static final long CLOSE_MILLIS = 2_000;
  private static final Duration REBIND_AFTER = Duration.ofMillis(50);

  private final SimHub hub;
  private final EventLoopGroup loops;
  private final ServerBootstrap bootstrap;
  private final int port;
  private Channel listening;
  private boolean closed;

  private GeminiSim(GeminiSimOptions options) {
    hub = new SimHub(options);
    loops =
        new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("gemini-sim", true), NioIoHandler.newFactory());
    bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(MAX_UNSENT_BYTES / 2, MAX_UNSENT_BYTES))
            .childHandler(new Pipeline(hub, new ControlApi(hub, this::order)));
    ChannelFuture bound = bind(options.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      shutDown();
      throw new UncheckedIOException(
          new IOException("cannot listen on port " + options.port(), bound.cause()));
    }
    listening = bound.channel();
    port = ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Listens on a free port, with everything as measured on the real service. */
  public static GeminiSim start() {
    return start(GeminiSimOptions.defaults());
  }

  /**
   * Listens.
   *
   * @throws UncheckedIOException if the port cannot be had
   */
  public static GeminiSim start(GeminiSimOptions options) {
    return new GeminiSim(options);
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** What stands for {@code wss://generativelanguage.googleapis.com}, without a path. */
  public String url() {
    return "ws://127.0.0.1:" + port;
  }

  /** The whole address of the developer API. */
  public String liveUrl() {
    return url() + Front.DEVELOPER_PATH;
  }

  /** The whole address of Vertex. */
  public String vertexUrl() {
    return url() + Front.VERTEX_PATH;
  }

  /**
   * Orders a fault.
   *
   * @throws IllegalStateException if too many wait already
   */
  public void order(FaultPlan plan) {
    hub.faults().ordered(plan.fault().kind(), plan.toString());
    if (plan.fault() instanceof SimFault.Unreachable unreachable) {
      hub.clock().later(loops.next(), plan.offset(), () -> refuse(unreachable.lasts()));
    } else if (plan.fault() instanceof SimFault.ConcurrencyCap cap) {
      hub.concurrencyCap(cap.sessions());
    } else if (plan.target() == Target.LIVE) {
      hub.live().forEach(connection -> connection.order(plan));
    } else if (plan.target() == Target.CONNECTION && hub.isOpen(plan.connection())) {
      hub.order(plan);
    } else {
      hub.board().add(plan);
    }
  }

  /** Orders several. */
  public void order(List<FaultPlan> plans) {
    plans.forEach(this::order);
  }

  /** Forgets the faults that wait for connections to come. */
  public void clearFaults() {
    hub.board().clear();
    hub.concurrencyCap(hub.options().concurrencyCap());
  }

  /** The proof that faults took place. */
  public FaultLog<FaultKind> faults() {
    return hub.faults();
  }

  /** What it has seen of its clients so far. */
  public SimRecord record() {
    return hub.recorder().snapshot();
  }

  /** Forgets what the clients did wrong so far. */
  public void forgetClientFaults() {
    hub.recorder().forgetFaults();
  }

  /** Milliseconds of its own clock since the start; what the record's times are in. */
  public long clockMillis() {
    return hub.clock().millis();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      stopListening();
    }
    shutDown();
  }

  private void shutDown() {
    loops
        .shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_MILLIS);
  }

  private synchronized void stopListening() {
    ChannelFuture unused = listening.close();
  }

  private ChannelFuture bind(int wanted) {
    return bootstrap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
  }

  private synchronized void refuse(Duration lasts) {
    hub.faults().hit(FaultKind.UNREACHABLE);
    stopListening();
    hub.clock().later(loops.next(), lasts, this::listenAgain);
  }

  private synchronized void listenAgain() {
    if (closed || listening.isOpen()) {
      return;
    }
    ChannelFuture bound = bind(port);
    ChannelFuture unused =
        bound.addListener(
            done -> {
              if (done.isSuccess()) {
                listens(bound.channel());
              } else {
                hub.clock().later(loops.next(), REBIND_AFTER, this::listenAgain);
              }
            });
  }

  private synchronized void listens(Channel channel) {
    listening = channel;
    if (closed) {
      stopListening();
    }
  }

  private static final class Pipeline extends ChannelInitializer<SocketChannel> {

    private final SimHub hub;
    private final ControlApi control;

    Pipeline(SimHub hub, ControlApi control) {
      this.hub = hub;
      this.control = control;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      channel
          .pipeline()
          .addLast(new HttpServerCodec())
          .addLast(new HttpObjectAggregator(MAX_BODY_BYTES, true))
          .addLast(new Front(hub, control));
    }
  }
}
