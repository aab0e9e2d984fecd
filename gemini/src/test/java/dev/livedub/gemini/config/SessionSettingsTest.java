package dev.livedub.gemini.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.livedub.core.config.BadValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSettingsTest {

  @Test
  void of_modelWithPrefixAndRegionalTag_takesTheServicesNames() {
    SessionSettings settings = SessionSettings.of("models/gemini-3.8-live", "en-US");
    assertThat(settings.model()).isEqualTo("gemini-3.8-live");
    assertThat(settings.targetLanguage()).isEqualTo("en");
    assertThat(settings.withEcho(false).echoTargetLanguage()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-x", "a b", "models/", "../x", "publishers/google/models/x"})
  void of_whatIsNoModel_isRefused(String model) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> SessionSettings.of(model, "es"))
        .withMessageContaining(ModelName.DEFAULT);
  }
}
