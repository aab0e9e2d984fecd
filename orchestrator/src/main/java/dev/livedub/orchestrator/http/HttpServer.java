package dev.livedub.orchestrator.http;

import dev.livedub.core.config.ConfigException;
import dev.livedub.orchestrator.api.Streams;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.http.server.HttpListener;
import dev.livedub.orchestrator.http.server.ServerLimits;
import dev.livedub.orchestrator.metrics.Measurements;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves the orchestrator's HTTP API as {@code openapi.yaml} describes it.
 *
 * <p>Who may call: {@code /healthz} and {@code /readyz} are open; hooks need the hook secret where
 * one is set; everything else needs the bearer token where one is set, {@code /metrics} and the
 * dashboard's page too. A browser that comes to {@code /} without a token is answered 401 with the
 * page itself, which holds nothing but the question for the token.
 *
 * <p>Bounded by {@link ServerLimits#API} and {@value Api#MAX_LISTENERS} listeners to live answers.
 *
 * <p><b>Threading:</b> {@value #THREADS} event loop threads {@code http}, one that accepts, {@code
 * http-accept}, and one that puts long answers together, {@code http-pages}. Methods from any other
 * thread.
 */
public final class HttpServer implements AutoCloseable {

  private static final int THREADS = 2;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Api api;
  private final HttpListener listener;
  private final ExecutorService pages;

  private HttpServer(Api api, HttpListener listener, ExecutorService pages) {
    this.api = api;
    this.listener = listener;
    this.pages = pages;
  }

  /**
   * Listens and serves.
   *
   * @throws IOException if the address cannot be had
   * @throws ConfigException if the files for TLS cannot be used
   */
  public static HttpServer start(HttpConfig config, Streams streams, Measurements measurements)
      throws IOException, ConfigException {
    int connections = ConnectionRoom.upTo(ServerLimits.API.connections());
    return start(
        config, streams, measurements, ServerLimits.API.withConnections(connections), HEARTBEAT);
  }

  /** Listens and serves within other limits. */
  static HttpServer start(
      HttpConfig config,
      Streams streams,
      Measurements measurements,
      ServerLimits limits,
      Duration heartbeat)
      throws IOException, ConfigException {
    Optional<SslContext> tls =
        config.tls().isPresent()
            ? Optional.of(TlsContexts.load(config.tls().get()))
            : Optional.empty();
    ExecutorService pages =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            // One request per connection is under way at most.
            new LinkedBlockingQueue<>(limits.connections()),
            new DefaultThreadFactory("http-pages", true));
    Api api = new Api(new Api.Parts(config, streams, measurements, pages, heartbeat));
    HttpListener.Setup setup =
        new HttpListener.Setup(limits, api, measurements.forHttp(), tls, "http", THREADS);
    try {
      return new HttpServer(api, HttpListener.start(config.host(), config.port(), setup), pages);
    } catch (IOException e) {
      pages.shutdown();
      throw e;
    }
  }

  /** The port listened on. */
  public int port() {
    return listener.port();
  }

  /**
   * From now on hooks and changes are answered 503 {@code draining}, and {@code /readyz} says no.
   * What only looks is answered until the server is closed. Idempotent.
   */
  public void drain() {
    api.drain();
  }

  /** Lets answers under way be finished, within 5 s, ends live ones, and ends. Idempotent. */
  @Override
  public void close() {
    api.drain();
    listener.close();
    pages.shutdown();
  }
}
