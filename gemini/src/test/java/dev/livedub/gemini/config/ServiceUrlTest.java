package dev.livedub.gemini.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.livedub.core.config.BadValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUrlTest {

  private static final String PATH =
      "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";

  @ParameterizedTest
  @ValueSource(strings = {"ws://127.0.0.1:9099", "ws://localhost:9099/", "ws://[::1]:9099"})
  void parse_thisMachineInTheClear_getsTheServicesPath(String text) {
    assertThat(ServiceUrl.parse(text).text()).startsWith("ws://").endsWith(":9099" + PATH);
    assertThat(ServiceUrl.parse(text).isLoopback()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "wss://proxy.example, wss://proxy.example",
    "WSS://proxy.example:8443/, wss://proxy.example:8443",
  })
  void parse_encrypted_mayBeAnywhere(String text, String start) {
    assertThat(ServiceUrl.parse(text).text()).isEqualTo(start + PATH);
    assertThat(ServiceUrl.parse(text).isLoopback()).isFalse();
  }

  @Test
  void parse_withPath_keepsIt() {
    assertThat(ServiceUrl.parse("wss://proxy.example/live").text())
        .isEqualTo("wss://proxy.example/live");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://example.com",
        "ws://127.0.0.1.example.com",
        "ws://10.0.0.1:9099",
        "http://127.0.0.1",
        "wss://user:word@example.com",
        "wss://example.com/live?key=word",
        "wss://example.com/live#word",
        "wss://",
        "wss://example.com:70000",
        "127.0.0.1:9099",
        "wss://a b",
        ""
      })
  void parse_unsafeOrNone_isRefusedUnquoted(String text) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> ServiceUrl.parse(text))
        .withMessage(ServiceUrl.EXPECTED);
  }

  @Test
  void vertex_ofLocation_namesItsHost() {
    assertThat(ServiceUrl.vertex("global").text())
        .isEqualTo(
            "wss://aiplatform.googleapis.com"
                + "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent");
    assertThat(ServiceUrl.vertex("europe-west4").text())
        .startsWith("wss://europe-west4-aiplatform.googleapis.com/ws/");
  }
}
