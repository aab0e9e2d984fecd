package dev.livedub.gemini.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.GeminiConfig;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceAccessTest {

  private static final GeminiConfig PLAIN = GeminiConfig.DEFAULTS;
  private static final GeminiConfig.Vertex PROJECT = new GeminiConfig.Vertex("dub-1", "global");

  @Test
  void find_geminiKey_isTakenBeforeGooglesAndStripped() throws CredentialsException {
    ServiceAccess access =
        ServiceAccess.find(PLAIN, Map.of("GEMINI_API_KEY", " key-1\n", "GOOGLE_API_KEY", "key-2"));
    assertThat(header(access, "x-goog-api-key")).isEqualTo("key-1");
    assertThat(access.url()).isEqualTo(ServiceUrl.developer());
    assertThat(access.modelPrefix()).isEqualTo("models/");
  }

  @Test
  void find_emptyGeminiKey_fallsBackToGoogles() throws CredentialsException {
    ServiceAccess access =
        ServiceAccess.find(PLAIN, Map.of("GEMINI_API_KEY", "", "GOOGLE_API_KEY", "k2"));
    assertThat(header(access, "x-goog-api-key")).isEqualTo("k2");
  }

  @Test
  void find_nothing_saysWhatIsMissing() {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> ServiceAccess.find(PLAIN, Map.of()))
        .withMessageContaining("GEMINI_API_KEY or GOOGLE_API_KEY");
  }

  @Test
  void find_nothingElsewhereThanHere_stillNeedsKey() {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> ServiceAccess.find(at("wss://a.example"), Map.of()));
  }

  @Test
  void find_simulator_needsNoKeyAndUsesOneThatIsThere() throws CredentialsException {
    GeminiConfig simulator = at("ws://127.0.0.1:9099");
    assertThat(header(ServiceAccess.find(simulator, Map.of()), "x-goog-api-key")).isNotBlank();
    ServiceAccess with = ServiceAccess.find(simulator, Map.of("GOOGLE_API_KEY", "k"));
    assertThat(header(with, "x-goog-api-key")).isEqualTo("k");
  }

  @Test
  void find_keyThatIsNone_isRefusedUnquoted() {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> ServiceAccess.find(PLAIN, Map.of("GEMINI_API_KEY", "pa ss\u00e9")))
        .withMessageNotContaining("pa ss");
  }

  @Test
  void find_cloud_namesProjectAndLocation() {
    ServiceAccess access = ServiceAccess.find(inCloud(Optional.empty()), Map.of());
    assertThat(access.modelPrefix())
        .isEqualTo("projects/dub-1/locations/global/publishers/google/models/");
    assertThat(access.url()).isEqualTo(ServiceUrl.vertex("global"));
    assertThat(access.credentials()).isInstanceOf(VertexCredentials.class);
  }

  @Test
  void find_cloudSimulated_sendsNobodysToken() throws CredentialsException {
    ServiceAccess access =
        ServiceAccess.find(inCloud(Optional.of("ws://127.0.0.1:9099/live")), Map.of());
    assertThat(access.url().text()).isEqualTo("ws://127.0.0.1:9099/live");
    assertThat(header(access, "Authorization")).isEqualTo("Bearer simulator");
  }

  @Test
  void toString_ofAnythingWithKey_hidesIt() {
    ServiceAccess access = ServiceAccess.find(PLAIN, Map.of("GEMINI_API_KEY", "sesame"));
    assertThat(access.toString()).contains("***").doesNotContain("sesame");
    assertThat(new Secret("sesame").hideIn("open sesame")).isEqualTo("open ***");
  }

  private static GeminiConfig at(String url) {
    return new GeminiConfig(
        Optional.of(url), PLAIN.model(), Optional.empty(), PLAIN.budget(), Optional.empty());
  }

  private static GeminiConfig inCloud(Optional<String> url) {
    return new GeminiConfig(
        url, PLAIN.model(), Optional.of(PROJECT), PLAIN.budget(), Optional.empty());
  }

  private static String header(ServiceAccess access, String name) throws CredentialsException {
    return Objects.requireNonNull(access.credentials().headers().get(name)).reveal();
  }
}
