package dev.livedub.cli.demo.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves the page on loopback: {@code /} the page itself, {@code /in.mp4} and {@code /out.mp4} live
 * streams without end, {@code /events} the orchestrator's events of the stream as they come, {@code
 * /status} where the demonstration stands.
 *
 * <p><b>Threading:</b> a daemon thread per request that lasts. <b>Ownership:</b> closing it ends
 * every request.
 */
public final class DemoPage implements AutoCloseable {

  private static final String JSON = "application/json";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String EVENTS = "text/event-stream";
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src"
          + " 'self'; media-src blob:; img-src data:; base-uri 'none'; form-action 'none'";
  private static final int MOST_REQUESTS = 64;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final long WAIT_MILLIS = 250;
  private static final long WATCHED_NANOS = 2_000_000_000L;
  private static final int COPY_BYTES = 8_192;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(DemoPage::thread);
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Set<HttpExchange> lasting = ConcurrentHashMap.newKeySet();
  private final Supplier<String> status;
  private final URI events;
  private volatile boolean closed;
  private volatile long askedNanos = System.nanoTime() - WATCHED_NANOS;

  private DemoPage(HttpServer server, List<Channel> channels, URI events, Supplier<String> status) {
    this.server = server;
    this.events = events;
    this.status = status;
    route("/", exchange -> answer(exchange, OK, HTML, resource("page.html")));
    route("/status", this::tellStatus);
    route("/events", this::passEvents);
    for (Channel channel : channels) {
      route("/" + channel.name() + ".mp4", exchange -> show(exchange, channel));
    }
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Serves on 127.0.0.1.
   *
   * @param port 0 for any free one
   * @param events where the orchestrator tells of the stream
   * @param status where the demonstration stands, as JSON
   * @throws IOException if the port cannot be had
   */
  public static DemoPage start(
      int port, List<Channel> channels, URI events, Supplier<String> status) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new DemoPage(HttpServer.create(address, 0), channels, events, status);
  }

  /** The page's address. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    closed = true;
    lasting.forEach(HttpExchange::close);
    server.stop(0);
    threads.shutdownNow();
  }

  private void route(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
              answer(exchange, NOT_FOUND, TEXT, "not found\n".getBytes(StandardCharsets.UTF_8));
            } else if (!exchange.getRequestMethod().equals("GET")) {
              answer(exchange, NOT_ALLOWED, TEXT, "GET only\n".getBytes(StandardCharsets.UTF_8));
            } else {
              handler.handle(exchange);
            }
          }
        });
  }

  /** Whether somebody has it open. */
  public boolean isWatched() {
    return System.nanoTime() - askedNanos < WATCHED_NANOS;
  }

  private void tellStatus(HttpExchange exchange) throws IOException {
    askedNanos = System.nanoTime();
    answer(exchange, OK, JSON, status.get().getBytes(StandardCharsets.UTF_8));
  }

  /** What the orchestrator says goes on unchanged: a browser may ask no other port than ours. */
  private void passEvents(HttpExchange exchange) throws IOException {
    HttpResponse<InputStream> from;
    try {
      from = client.send(HttpRequest.newBuilder(events).build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      unavailable(exchange);
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try (InputStream body = from.body()) {
      if (from.statusCode() != OK) {
        unavailable(exchange);
        return;
      }
      OutputStream out = begin(exchange, EVENTS);
      byte[] bytes = new byte[COPY_BYTES];
      for (int count = body.read(bytes); count >= 0 && !closed; count = body.read(bytes)) {
        out.write(bytes, 0, count);
        out.flush();
      }
    } finally {
      lasting.remove(exchange);
    }
  }

  private void show(HttpExchange exchange, Channel channel) throws IOException {
    Optional<String> type = channel.mimeType();
    if (type.isEmpty() || lasting.size() >= MOST_REQUESTS) {
      unavailable(exchange);
      return;
    }
    Viewer viewer = channel.watch();
    Thread guard = new Thread(() -> dropWhenSlow(exchange, viewer), "demo-page-guard");
    guard.setDaemon(true);
    try {
      OutputStream out = begin(exchange, type.get());
      guard.start();
      while (!closed && !viewer.isDropped()) {
        Optional<byte[]> piece = viewer.next(WAIT_MILLIS);
        if (piece.isPresent()) {
          out.write(piece.get());
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      channel.leave(viewer);
      lasting.remove(exchange);
      guard.interrupt();
    }
  }

  /** A write to somebody who reads nothing ends only when the connection does. */
  private void dropWhenSlow(HttpExchange exchange, Viewer viewer) {
    try {
      viewer.awaitDropped();
      exchange.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private OutputStream begin(HttpExchange exchange, String type) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(OK, 0);
    lasting.add(exchange);
    return exchange.getResponseBody();
  }

  private static void unavailable(HttpExchange exchange) throws IOException {
    answer(exchange, UNAVAILABLE, TEXT, "not yet\n".getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int code, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] resource(String name) {
    try (InputStream file = DemoPage.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("this program lacks its file " + name);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread thread(Runnable body) {
    Thread made = new Thread(body, "demo-page");
    made.setDaemon(true);
    return made;
  }
}
