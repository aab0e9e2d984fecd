package dev.livedub.orchestrator.metrics;

import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.http.server.Answer;
import dev.livedub.orchestrator.http.server.HttpListener;
import dev.livedub.orchestrator.http.server.Problem;
import dev.livedub.orchestrator.http.server.Request;
import dev.livedub.orchestrator.http.server.RequestHandler;
import dev.livedub.orchestrator.http.server.ServerLimits;
import dev.livedub.orchestrator.http.server.ServerMeters;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Serves {@code GET /metrics} and {@code GET /healthz} of a single worker over plain HTTP;
 * everything else is a problem in JSON.
 *
 * <p>Bounded by {@link ServerLimits#METRICS}.
 *
 * <p><b>Threading:</b> two event loop threads of its own, {@code metrics-http} and {@code
 * metrics-http-accept}.
 */
public final class MetricsServer implements AutoCloseable {

  /** Type of Prometheus' text. */
  public static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String READ_METHODS = "GET, HEAD";

  private final HttpListener listener;

  private MetricsServer(HttpListener listener) {
    this.listener = listener;
  }

  /**
   * Listens and serves.
   *
   * @param host address of this machine to listen on
   * @param port 0 for any free one
   * @throws IOException if the address cannot be had
   */
  public static MetricsServer start(String host, int port, Measurements measurements)
      throws IOException {
    HttpListener.Setup setup =
        new HttpListener.Setup(
            ServerLimits.METRICS,
            new Handler(measurements),
            ServerMeters.NONE,
            Optional.empty(),
            "metrics-http",
            1);
    return new MetricsServer(HttpListener.start(host, port, setup));
  }

  /** The port listened on. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }

  /** One scraper's request holds up nobody but other scrapers', so it is answered in place. */
  private record Handler(Measurements measurements) implements RequestHandler {

    @Override
    public Optional<Answer> refusal(Request head) {
      boolean known = head.path().equals("/metrics") || head.path().equals("/healthz");
      if (!known) {
        return Optional.of(
            Problem.of(ProblemCode.NOT_FOUND, "there are /metrics and /healthz", head.id()));
      }
      if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
        return Optional.of(
            Problem.of(ProblemCode.METHOD_NOT_ALLOWED, READ_METHODS + " are allowed", head.id())
                .with("allow", READ_METHODS));
      }
      return Optional.empty();
    }

    @Override
    public CompletionStage<Answer> handle(Request request) {
      return CompletableFuture.completedStage(refusal(request).orElseGet(() -> answer(request)));
    }

    private Answer answer(Request request) {
      return request.path().equals("/metrics")
          ? Answer.text(200, METRICS_TYPE, measurements.scrape())
          : Answer.text(200, Answer.JSON, "{\"status\":\"ok\"}\n");
    }
  }
}
