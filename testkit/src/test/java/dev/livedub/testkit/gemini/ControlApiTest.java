package dev.livedub.testkit.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.gemini.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlApiTest {

  private static final double SPEED = 20;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void faults_posted_hitAndAreCounted() throws IOException, InterruptedException {
    try (GeminiSim sim = GeminiSim.start(GeminiSimOptions.builder().speed(SPEED).build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      String script =
          "{\"fault\":\"unavailable\",\"connection\":\"live\"}\n{\"fault\":\"no-set-up\"}";
      assertThat(call(sim, "POST", "faults", script).body()).isEqualTo("{\"ordered\":2}");
      assertThat(client.awaitEnd().reason()).isEqualTo("The service is currently unavailable.");
      Map<String, Object> faults = Json.parseObject(call(sim, "GET", "faults", "").body());
      assertThat(faults.get("hits")).isEqualTo(Map.of("close", 1L));
      assertThat((List<?>) faults.get("waiting")).hasSize(1);
      assertThat(call(sim, "DELETE", "faults", "").statusCode()).isEqualTo(200);
      SimClient.ready(sim, SPEED).close();
    }
  }

  @Test
  void faults_notUnderstood_are400WithTheReason() throws IOException, InterruptedException {
    try (GeminiSim sim = GeminiSim.start()) {
      HttpResponse<String> answer = call(sim, "POST", "faults", "{\"fault\":\"rest\"}");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("unknown fault");
      assertThat(call(sim, "GET", "nothing", "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void record_afterASession_tellsItAndForgetsFaultsWhenAsked()
      throws IOException, InterruptedException {
    try (GeminiSim sim = GeminiSim.start(GeminiSimOptions.builder().speed(SPEED).build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      client.send("{}");
      client.awaitEnd();
      Map<String, Object> record = Json.parseObject(call(sim, "GET", "record", "").body());
      assertThat(record).containsEntry("clean", false).containsEntry("connections", 1L);
      assertThat(record.get("faultCounts")).isEqualTo(Map.of("refused-message", 1L));
      List<?> connections = (List<?>) record.getOrDefault("connectionRecords", List.of());
      Map<?, ?> connection = (Map<?, ?>) connections.get(0);
      assertThat(connection.get("code")).isEqualTo(1007L);
      assertThat(connection.get("targetLanguage")).isEqualTo("es");
      call(sim, "DELETE", "record", "");
      assertThat(sim.record().isClean()).isTrue();
    }
  }

  private static HttpResponse<String> call(GeminiSim sim, String method, String what, String body)
      throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + sim.port() + "/control/" + what);
    return HTTP.send(
        HttpRequest.newBuilder(address).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }
}
