package dev.livedub.cli.mediamtx;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Takes hooks in livedub's place, keeps what it was told, and answers as it is told to.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class HookReceiver implements AutoCloseable {

  /** Stands for a status where no answer is to come at all. */
  public static final int SILENCE = 0;

  private static final int ACCEPTED = 202;
  private static final int BACKLOG = 16;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Integer> statuses = new ConcurrentLinkedDeque<>();
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  /** One request. */
  public record Call(String target, Map<String, List<String>> headers, byte[] body) {

    /** The first value of a header; empty if there is none. */
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }

    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** Starts one on a free port of loopback. */
  public HookReceiver() throws IOException {
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Its address, for LIVEDUB_URL. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers the next calls with these, and all after them with 202. */
  public void answerWith(Integer... next) {
    statuses.clear();
    statuses.addAll(List.of(next));
  }

  /** The calls so far that nobody has taken yet. */
  public BlockingQueue<Call> calls() {
    return calls;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Integer status = statuses.poll();
    calls.add(
        new Call(
            exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()), body));
    if (status != null && status == SILENCE) {
      return;
    }
    byte[] answer = "{\"requestId\":\"r\"}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status == null ? ACCEPTED : status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
