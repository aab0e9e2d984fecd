package dev.livedub.orchestrator.http;

import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.config.Secret;
import dev.livedub.orchestrator.http.server.ServerLimits;
import dev.livedub.orchestrator.metrics.Measurements;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A server on a free port, with fake streams behind it and a client in front. */
final class TestServer implements AutoCloseable {

  static final Duration HEARTBEAT = Duration.ofMillis(100);

  final FakeStreams streams = new FakeStreams();
  final Measurements measurements = new Measurements();
  final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  TestServer() throws Exception {
    this(ServerLimits.API, Optional.empty(), Optional.empty());
  }

  TestServer(ServerLimits limits) throws Exception {
    this(limits, Optional.empty(), Optional.empty());
  }

  TestServer(ServerLimits limits, Optional<String> token, Optional<String> hookSecret)
      throws Exception {
    HttpConfig config =
        new HttpConfig(
            "127.0.0.1", 0, token.map(Secret::new), hookSecret.map(Secret::new), Optional.empty());
    server = HttpServer.start(config, streams, measurements, limits, HEARTBEAT);
  }

  int port() {
    return server.port();
  }

  /** A connection on which bytes are sent as they are. */
  RawClient connect() throws IOException {
    return new RawClient(port());
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> postJson(String path, String body) throws Exception {
    return send("POST", path, body, "Content-Type", "application/json");
  }

  HttpResponse<String> patch(String path, String body) throws Exception {
    return send("PATCH", path, body, "Content-Type", "application/json");
  }

  HttpResponse<String> ready(String streamId) throws Exception {
    return postJson(
        "/v1/mediamtx/events/ready", "{\"path\":\"live/" + streamId + "/in\",\"query\":\"\"}");
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(10))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
    measurements.close();
  }
}
