package dev.livedub.testkit.rtsp;

import dev.livedub.testkit.net.FaultLog;
import dev.livedub.testkit.net.Hangup;
import dev.livedub.testkit.net.TcpListener;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An RTSP server for tests and demonstrations: one publisher per path in, many players out, TCP
 * only, packets unchanged, with faults on demand.
 *
 * <p>Like MediaMTX it answers 404 where nobody publishes, cuts off the players when their publisher
 * leaves, and lets a new publisher replace an old one.
 *
 * <p>Threading: thread-safe; a thread per connection and one more per player, all daemons.
 * Ownership: closing it closes every connection.
 */
public final class RtspRelay implements AutoCloseable {

  private static final int MAX_PATHS = 1024;
  private static final long JOIN_MILLIS = 2_000;

  private final RtspRelayOptions options;
  private final Map<String, RelayPath> paths = new ConcurrentHashMap<>();
  private final Map<RtspSession, Thread> sessions = new ConcurrentHashMap<>();
  private final List<Socket> ignored = new ArrayList<>();
  private final FaultLog<RtspFault> faults = new FaultLog<>(RtspFault.class);
  private final AtomicLong connections = new AtomicLong();
  private final ScheduledExecutorService timer;
  private final TcpListener listener;
  private volatile Optional<RelayPath> everywhere = Optional.empty();
  private boolean ignoring;
  private boolean closed;

  private RtspRelay(RtspRelayOptions options) {
    this.options = options;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "rtsp-timer");
              thread.setDaemon(true);
              return thread;
            });
    listener = new TcpListener("rtsp", options.port(), 0, this::connected);
  }

  /** Listens on a free port of 127.0.0.1. */
  public static RtspRelay start() {
    return start(RtspRelayOptions.defaults());
  }

  /** Listens on 127.0.0.1. */
  public static RtspRelay start(RtspRelayOptions options) {
    return new RtspRelay(options);
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  /** The URL of a path such as {@code live/demo/in}. */
  public String url(String path) {
    return "rtsp://127.0.0.1:" + port() + "/" + path;
  }

  /**
   * The path of that name, without slashes at its ends; made if it is new.
   *
   * @throws IllegalStateException if there are too many
   */
  public RelayPath path(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalStateException("more than " + MAX_PATHS + " paths"));
  }

  /**
   * Has clients that ask for a path which is not known find this one, so that one publisher feeds
   * any number of streams.
   */
  public void serveEverywhere(String name) {
    everywhere = Optional.of(path(name));
  }

  /** How many connections were accepted so far. */
  public long connections() {
    return connections.get();
  }

  /** The faults that concern no single path. */
  public FaultLog<RtspFault> faults() {
    return faults;
  }

  /** Closes the listening socket; connections that stand, stay. */
  public void refuseConnections() {
    listener.refuse();
    faults.ordered(RtspFault.REFUSE_CONNECTIONS, "on");
  }

  /** Listens again on the same port. */
  public void acceptConnections() {
    listener.open();
    faults.ordered(RtspFault.REFUSE_CONNECTIONS, "off");
  }

  /** Accepts connections from now on without ever reading from them or answering. */
  public synchronized void ignoreConnections() {
    faults.ordered(RtspFault.IGNORE_CONNECTIONS, "on");
    ignoring = true;
  }

  /** Serves new connections again; those that were ignored are closed. */
  public synchronized void serveConnections() {
    faults.ordered(RtspFault.IGNORE_CONNECTIONS, "off");
    ignoring = false;
    ignored.forEach(Hangup::closeQuietly);
    ignored.clear();
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
    sessions.keySet().forEach(RtspSession::hangUp);
    timer.shutdownNow();
    threads.forEach(RtspRelay::join);
  }

  private Optional<RelayPath> find(String name) {
    RelayPath known = paths.get(name);
    if (known == null && everywhere.isPresent()) {
      return everywhere;
    }
    if (known != null || name.isEmpty() || paths.size() >= MAX_PATHS) {
      return Optional.ofNullable(known);
    }
    return Optional.of(paths.computeIfAbsent(name, fresh -> new RelayPath(fresh, options, timer)));
  }

  private synchronized void connected(Socket socket) {
    long number = connections.incrementAndGet();
    if (closed || sessions.size() + ignored.size() >= options.maxConnections()) {
      Hangup.RST.apply(socket);
    } else if (ignoring) {
      ignored.add(socket);
      faults.hit(RtspFault.IGNORE_CONNECTIONS);
    } else {
      serve(socket, number);
    }
  }

  private void serve(Socket socket, long number) {
    try {
      String id = String.format("%08x", number);
      RtspSession session = new RtspSession(new RtspConnection(socket), options, this::find, id);
      Thread thread = new Thread(() -> run(session), "rtsp-session-" + number);
      thread.setDaemon(true);
      sessions.put(session, thread);
      thread.start();
    } catch (IOException e) {
      // The peer was gone before it could be served.
      Hangup.closeQuietly(socket);
    }
  }

  private void run(RtspSession session) {
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
