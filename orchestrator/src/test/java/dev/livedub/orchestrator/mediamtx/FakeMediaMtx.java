package dev.livedub.orchestrator.mediamtx;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers like MediaMTX's control API, over a real socket, with as many paths a page as asked. */
public final class FakeMediaMtx implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, String> paths = new ConcurrentHashMap<>();
  private final Map<String, String> queries = new ConcurrentHashMap<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final AtomicInteger lists = new AtomicInteger();
  private volatile int status = 200;
  private volatile int mostPerPage = Integer.MAX_VALUE;

  /** Listens on a free port. */
  public FakeMediaMtx() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it is, as {@code host:port}. */
  public String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Somebody publishes. */
  public void publish(String path, String sourceType, String sourceId, String query) {
    paths.put(
        path,
        "{\"name\":\"%s\",\"ready\":true,\"available\":true,\"online\":true,\"source\":{\"type\":\"%s\",\"id\":\"%s\"}}"
            .formatted(path, sourceType, sourceId));
    queries.put(sourceId, query);
  }

  /** A path on which a filler is played, and nobody publishes. */
  public void fill(String path) {
    paths.put(path, "{\"name\":\"%s\",\"ready\":true,\"online\":false}".formatted(path));
  }

  /** A path of a MediaMTX that does not say what is online. */
  public void publishPlainly(String path, String sourceId) {
    paths.put(
        path,
        "{\"name\":\"%s\",\"ready\":true,\"source\":{\"type\":\"rtmpConn\",\"id\":\"%s\"}}"
            .formatted(path, sourceId));
  }

  /** A path that somebody reads, and nobody publishes. */
  public void await(String path) {
    paths.put(path, "{\"name\":\"%s\",\"ready\":false,\"source\":null}".formatted(path));
  }

  /** Nobody publishes any more. */
  public void unpublish(String path) {
    paths.remove(path);
  }

  /** Answers with another status from now on. */
  public void fail(int newStatus) {
    status = newStatus;
  }

  /** Gives fewer paths a page than it is asked for. */
  public void limitPages(int items) {
    mostPerPage = items;
  }

  /** What was given as credentials, call by call. */
  public List<String> authorizations() {
    return authorizations;
  }

  /** How often the list of paths was asked for. */
  public int lists() {
    return lists.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    authorizations.add(authorization == null ? "" : authorization);
    String path = exchange.getRequestURI().getPath();
    String body;
    if (path.equals("/v3/paths/list")) {
      lists.incrementAndGet();
      body = page(exchange.getRequestURI().getQuery());
    } else {
      String id = path.substring(path.lastIndexOf('/') + 1);
      body = "{\"id\":\"%s\",\"query\":\"%s\"}".formatted(id, queries.getOrDefault(id, ""));
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String page(String query) {
    int page = Integer.parseInt(query.replaceAll(".*page=(\\d+)$", "$1"));
    int asked = Integer.parseInt(query.replaceAll("itemsPerPage=(\\d+).*", "$1"));
    int items = Math.min(asked, mostPerPage);
    List<String> all = paths.keySet().stream().sorted().map(paths::get).toList();
    int pages = (all.size() + items - 1) / items;
    List<String> shown = all.stream().skip((long) page * items).limit(items).toList();
    return "{\"itemCount\":%d,\"pageCount\":%d,\"items\":[%s]}"
        .formatted(all.size(), pages, String.join(",", shown));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
