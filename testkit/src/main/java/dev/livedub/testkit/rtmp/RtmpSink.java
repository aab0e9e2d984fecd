package dev.livedub.testkit.rtmp;

import dev.livedub.testkit.net.FaultLog;
import dev.livedub.testkit.net.Hangup;
import dev.livedub.testkit.net.TcpListener;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
  private static final long JOIN_MILLIS = 2_000;

  private final RtmpSinkOptions options;
  private final Map<String, RtmpStream> streams = new ConcurrentHashMap<>();
  private final Map<RtmpSession, Thread> sessions = new ConcurrentHashMap<>();
  private final List<Socket> ignored = new ArrayList<>();
  private final FaultLog<RtmpFault> faults = new FaultLog<>(RtmpFault.class);
  private final AtomicLong connections = new AtomicLong();
  private final AtomicBoolean rejecting = new AtomicBoolean();
  private final ScheduledExecutorService timer;
  private final TcpListener listener;
  private boolean ignoring;
  private boolean closed;

  private RtmpSink(RtmpSinkOptions options) {
    this.options = options;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "rtmp-timer");
              thread.setDaemon(true);
              return thread;
            });
    listener =
        new TcpListener("rtmp", options.port(), options.receiveBufferBytes(), this::connected);
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
    return connections.get();
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
  public synchronized void ignoreHandshakes() {
    faults.ordered(RtmpFault.IGNORE_HANDSHAKE, "on");
    ignoring = true;
  }

  /** Serves new connections again; those that were ignored are closed. */
  public synchronized void answerHandshakes() {
    faults.ordered(RtmpFault.IGNORE_HANDSHAKE, "off");
    ignoring = false;
    ignored.forEach(Hangup::closeQuietly);
    ignored.clear();
  }

  /** Answers connect with NetConnection.Connect.Rejected from now on, or no longer. */
  public void rejectConnect(boolean reject) {
    faults.ordered(RtmpFault.REJECT_CONNECT, reject ? "on" : "off");
    rejecting.set(reject);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      ignored.forEach(Hangup::closeQuietly);
      ignored.clear();
    }
    listener.close();
    List<Thread> threads = List.copyOf(sessions.values());
    sessions.keySet().forEach(RtmpSession::close);
    timer.shutdownNow();
    threads.forEach(RtmpSink::join);
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

  private synchronized void connected(Socket socket) {
    long number = connections.incrementAndGet();
    if (closed || sessions.size() + ignored.size() >= options.maxConnections()) {
      Hangup.RST.apply(socket);
    } else if (ignoring) {
      ignored.add(socket);
      faults.hit(RtmpFault.IGNORE_HANDSHAKE);
    } else {
      serve(socket, number);
    }
  }

  private void serve(Socket socket, long number) {
    try {
      socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, options.idleTimeout().toMillis()));
      RtmpSession session = new RtmpSession(socket, this);
      Thread thread = new Thread(() -> run(session), "rtmp-session-" + number);
      thread.setDaemon(true);
      sessions.put(session, thread);
      thread.start();
    } catch (IOException e) {
      // The peer was gone before it could be served.
      Hangup.closeQuietly(socket);
    }
  }

  private void run(RtmpSession session) {
    try {
      session.run();
    } finally {
      sessions.remove(session);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
