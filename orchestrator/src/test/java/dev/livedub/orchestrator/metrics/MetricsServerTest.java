package dev.livedub.orchestrator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsServerTest {

  private final Measurements measurements = new Measurements();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private MetricsServer server;

  @BeforeEach
  void start() throws IOException {
    server = MetricsServer.start("127.0.0.1", 0, measurements);
  }

  @AfterEach
  void close() {
    server.close();
    measurements.close();
  }

  @Test
  void metrics_get_answersTextThatPrometheusReads() throws Exception {
    measurements.forStream("demo");
    HttpResponse<String> answer = send("GET", "/metrics?name=x", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains("worker_video_queue_ms{streamId=\"demo\"} 0.0")
        .endsWith("\n");
  }

  @Test
  void healthz_get_isOk() throws Exception {
    HttpResponse<String> answer = send("GET", "/healthz", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"status\":\"ok\"");
  }

  @Test
  void metrics_head_answersWithoutBody() throws Exception {
    HttpResponse<String> answer = send("HEAD", "/healthz", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-length")).hasValue("16");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void metrics_foreignPath_isNotFoundAsProblem() throws Exception {
    HttpResponse<String> answer = send("GET", "/", "");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"status\":404").contains("\"code\":\"not_found\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "BREW"})
  void metrics_otherMethod_isNotAllowed(String method) throws Exception {
    HttpResponse<String> answer = send(method, "/metrics", "");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD");
    assertThat(answer.body()).contains("\"code\":\"method_not_allowed\"");
  }

  @Test
  void metrics_bodyThatIsTooLarge_isRefusedAndServerLivesOn() throws Exception {
    assertThat(send("POST", "/metrics", "x".repeat(100_000)).statusCode()).isEqualTo(413);
    assertThat(send("GET", "/healthz", "").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u0002 garbage\r\n\r\n",
        "GET /metrics HTTP/9.z\r\n\r\n",
      })
  void metrics_requestThatIsNoHttp_isRefusedAndClosed(String request) throws Exception {
    assertThat(raw(request)).startsWith("HTTP/1.1 400").contains("connection: close");
  }

  @Test
  void metrics_headersThatAreTooLarge_areRefusedAndClosed() throws Exception {
    String header = "X: " + "a".repeat(9000) + "\r\n";
    assertThat(raw("GET /metrics HTTP/1.1\r\n" + header + "\r\n")).startsWith("HTTP/1.1 431");
  }

  @Test
  void start_portInUse_isRefused() {
    assertThatThrownBy(() -> MetricsServer.start("127.0.0.1", server.port(), measurements))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void close_whileConnected_freesThePort() throws Exception {
    int port = server.port();
    assertThat(send("GET", "/healthz", "").statusCode()).isEqualTo(200);
    server.close();
    server = MetricsServer.start("127.0.0.1", port, measurements);
    assertThat(server.port()).isEqualTo(port);
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(10))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  /** Sends bytes as they are and reads until the server closes. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
