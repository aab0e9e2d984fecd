package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** An operator's program that uses the API of {@code livedub serve}. */
final class ServeApi {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final String url;
  private final String token;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final ObjectMapper mapper = new ObjectMapper();

  ServeApi(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /** A stream; empty if it is not known, or if nobody answers. */
  Optional<JsonNode> stream(String streamId) {
    try {
      HttpResponse<String> answer = send(request("/v1/streams/" + streamId).GET());
      return answer.statusCode() == 200 ? Optional.of(json(answer)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Changes a stream; the stream with the change. */
  JsonNode change(String streamId, String body) {
    try {
      HttpResponse<String> answer =
          send(
              request("/v1/streams/" + streamId)
                  .header("Content-Type", "application/json")
                  .method("PATCH", BodyPublishers.ofString(body)));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return json(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is served at a path. */
  String text(String path) {
    try {
      HttpResponse<String> answer = send(request(path).GET());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking livedub", e);
    }
  }

  private JsonNode json(HttpResponse<String> answer) throws JsonProcessingException {
    return mapper.readTree(answer.body());
  }
}
