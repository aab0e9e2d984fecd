package dev.livedub.testkit.rtsp;

import dev.livedub.testkit.net.FaultLog;
import dev.livedub.testkit.net.Sessions;
import dev.livedub.testkit.net.TcpListener;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

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

  private final RtspRelayOptions options;
  private final Map<String, RelayPath> paths = new ConcurrentHashMap<>();
  private final FaultLog<RtspFault> faults = new FaultLog<>(RtspFault.class);
  private final ScheduledExecutorService timer;
  private final Sessions sessions;
  private final TcpListener listener;
  private volatile Optional<RelayPath> everywhere = Optional.empty();

  private RtspRelay(RtspRelayOptions options) {
    this.options = options;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "rtsp-timer");
              thread.setDaemon(true);
              return thread;
            });
    sessions =
        new Sessions(
            "rtsp",
            options.maxConnections(),
            this::open,
            () -> faults.hit(RtspFault.IGNORE_CONNECTIONS));
    listener = new TcpListener("rtsp", options.port(), 0, sessions::accept);
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
    return sessions.accepted();
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
  public void ignoreConnections() {
    faults.ordered(RtspFault.IGNORE_CONNECTIONS, "on");
    sessions.ignore();
  }

  /** Serves new connections again; those that were ignored are closed. */
  public void serveConnections() {
    faults.ordered(RtspFault.IGNORE_CONNECTIONS, "off");
    sessions.serveAgain();
  }

  @Override
  public void close() {
    listener.close();
    sessions.close();
    timer.shutdownNow();
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

  private Sessions.Session open(Socket socket, long number) throws IOException {
    String id = String.format("%08x", number);
    return new RtspSession(new RtspConnection(socket), options, this::find, id);
  }
}
