package dev.livedub.gemini.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.livedub.core.config.BadValueException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceAccessTest {

  private static final Optional<ServiceUrl> SIMULATOR =
      Optional.of(ServiceUrl.parse("ws://127.0.0.1:9099"));

  @Test
  void find_geminiKey_isTakenBeforeGooglesAndStripped() throws CredentialsException {
    ServiceAccess access =
        ServiceAccess.find(
            Map.of("GEMINI_API_KEY", " key-1\n", "GOOGLE_API_KEY", "key-2"), Optional.empty());
    assertThat(key(access)).isEqualTo("key-1");
    assertThat(access.url()).isEqualTo(ServiceUrl.developer());
    assertThat(access.modelPrefix()).isEqualTo("models/");
  }

  @Test
  void find_emptyGeminiKey_fallsBackToGoogles() throws CredentialsException {
    ServiceAccess access =
        ServiceAccess.find(Map.of("GEMINI_API_KEY", "", "GOOGLE_API_KEY", "k2"), Optional.empty());
    assertThat(key(access)).isEqualTo("k2");
  }

  @Test
  void find_nothing_saysWhatIsMissing() {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> ServiceAccess.find(Map.of(), Optional.empty()))
        .withMessageContaining("GEMINI_API_KEY or GOOGLE_API_KEY");
  }

  @Test
  void find_nothingElsewhereThanHere_stillNeedsKey() {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(
            () -> ServiceAccess.find(Map.of(), Optional.of(ServiceUrl.parse("wss://a.example"))));
  }

  @Test
  void find_simulator_needsNoKeyAndUsesOneThatIsThere() throws CredentialsException {
    ServiceAccess without = ServiceAccess.find(Map.of(), SIMULATOR);
    ServiceAccess with = ServiceAccess.find(Map.of("GOOGLE_API_KEY", "k"), SIMULATOR);
    assertThat(key(without)).isNotBlank();
    assertThat(key(with)).isEqualTo("k");
  }

  @Test
  void find_keyThatIsNone_isRefusedUnquoted() {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(
            () -> ServiceAccess.find(Map.of("GEMINI_API_KEY", "pa ss\u00e9"), Optional.empty()))
        .withMessageNotContaining("pa ss");
  }

  @Test
  void find_cloud_namesProjectAndLocation() {
    ServiceAccess access =
        ServiceAccess.find(
            Map.of("GOOGLE_GENAI_USE_VERTEXAI", "true", "GOOGLE_CLOUD_PROJECT", "dub-1"),
            Optional.empty());
    assertThat(access.modelPrefix())
        .isEqualTo("projects/dub-1/locations/global/publishers/google/models/");
    assertThat(access.url()).isEqualTo(ServiceUrl.vertex("global"));
  }

  @Test
  void find_cloudWithoutProject_isRefused() {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(
            () -> ServiceAccess.find(Map.of("GOOGLE_GENAI_USE_VERTEXAI", "true"), Optional.empty()))
        .withMessageContaining("GOOGLE_CLOUD_PROJECT");
  }

  @Test
  void toString_ofAnythingWithKey_hidesIt() {
    ServiceAccess access = ServiceAccess.find(Map.of("GEMINI_API_KEY", "sesame"), Optional.empty());
    assertThat(access.toString()).contains("***").doesNotContain("sesame");
    assertThat(new Secret("sesame").hideIn("open sesame")).isEqualTo("open ***");
  }

  private static String key(ServiceAccess access) throws CredentialsException {
    Secret key = access.credentials().headers().get("x-goog-api-key");
    return Objects.requireNonNull(key).reveal();
  }
}
