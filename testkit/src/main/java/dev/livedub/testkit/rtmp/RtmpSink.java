package dev.livedub.testkit.rtmp;

import dev.livedub.testkit.net.FaultLog;
import dev.livedub.testkit.net.Sessions;
import dev.livedub.testkit.net.TcpListener;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An RTMP server for tests and demonstrations: takes publications under any name, records what
 * arrived and when, and fails on demand. It plays to nobody.
 *
 * <p>Threading: thread-safe; a daemon thread per connection. Ownership: closing it closes every
 * connection and completes every file.
 */
public final class RtmpSink implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RtmpSink.class);
  private static final int MAX_STREAMS = 1024;

  private final RtmpSinkOptions options;
  private final Map<String, RtmpStream> streams = new ConcurrentHashMap<>();
  private final FaultLog<RtmpFault> faults = new FaultLog<>(RtmpFault.class);
  private final AtomicBoolean rejecting = new AtomicBoolean();
  private final ScheduledExecutorService timer;
  private final Sessions sessions;
  private final TcpListener listener;

  private RtmpSink(RtmpSinkOptions options) {
    this.options = options;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "rtmp-timer");
              thread.setDaemon(true);
              return thread;
            });
    sessions =
        new Sessions(
            "rtmp",
            options.maxConnections(),
            this::open,
            () -> faults.hit(RtmpFault.IGNORE_HANDSHAKE));
    listener =
        new TcpListener("rtmp", options.port(), options.receiveBufferBytes(), sessions::accept);
  }

  /** Listens on a free port of 127.0.0.1. */
  public static RtmpSink start() {
    return start(RtmpSinkOptions.defaults());
  }

  /** Listens on 127.0.0.1. */
  public static RtmpSink start(RtmpSinkOptions options) {
    return new RtmpSink(options);
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  /** The URL of a stream such as {@code live/demo/out}. */
  public String url(String stream) {
    return "rtmp://127.0.0.1:" + port() + "/" + stream;
  }

  /**
   * The stream of that name (application, slash, stream name); made if it is new.
   *
   * @throws IllegalStateException if there are too many
   */
  public RtmpStream stream(String name) {
    RtmpStream stream = find(name);
    if (stream == null) {
      throw new IllegalStateException("no stream '" + name + "', or more than " + MAX_STREAMS);
    }
    return stream;
  }

  /** The names of all streams that were published or asked for. */
  public Set<String> streamNames() {
    return Set.copyOf(streams.keySet());
  }

  /** How many connections were accepted so far. */
  public long connections() {
    return sessions.accepted();
  }

  /** The faults that concern no single stream. */
  public FaultLog<RtmpFault> faults() {
    return faults;
  }

  /** Closes the listening socket; connections that stand, stay. */
  public void refuseConnections() {
    listener.refuse();
    faults.ordered(RtmpFault.REFUSE_CONNECTIONS, "on");
  }

  /** Listens again on the same port. */
  public void acceptConnections() {
    listener.open();
    faults.ordered(RtmpFault.REFUSE_CONNECTIONS, "off");
  }

  /** Accepts connections from now on without ever answering the handshake. */
  public void ignoreHandshakes() {
    faults.ordered(RtmpFault.IGNORE_HANDSHAKE, "on");
    sessions.ignore();
  }

  /** Serves new connections again; those that were ignored are closed. */
  public void answerHandshakes() {
    faults.ordered(RtmpFault.IGNORE_HANDSHAKE, "off");
    sessions.serveAgain();
  }

  /** Answers connect with NetConnection.Connect.Rejected from now on, or no longer. */
  public void rejectConnect(boolean reject) {
    faults.ordered(RtmpFault.REJECT_CONNECT, reject ? "on" : "off");
    rejecting.set(reject);
  }

  @Override
  public void close() {
    listener.close();
    sessions.close();
    timer.shutdownNow();
  }

  @Nullable RtmpStream find(String name) {
    RtmpStream known = streams.get(name);
    if (known != null || name.isEmpty() || streams.size() >= MAX_STREAMS) {
      return known;
    }
    return streams.computeIfAbsent(name, fresh -> new RtmpStream(fresh, options, timer));
  }

  boolean rejectsConnect() {
    boolean reject = rejecting.get();
    faults.hit(RtmpFault.REJECT_CONNECT, reject ? 1 : 0);
    return reject;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  void failed(IOException e) {
    LOG.warn("An FLV file could not be completed", e);
  }

  private Sessions.Session open(Socket socket, long number) throws IOException {
    socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, options.idleTimeout().toMillis()));
    return new RtmpSession(socket, this);
  }
}
