package dev.livedub.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DubConfigTest {

  private static final GeminiConfig ELSEWHERE =
      new GeminiConfig(
          Optional.of("ws://127.0.0.1:9099"),
          "another-model",
          Optional.empty(),
          GeminiConfig.Budget.UNLIMITED,
          Optional.of(Duration.ofMinutes(1)));

  private static DubConfig unlikeTheDefaults(Optional<String> targetLang, GeminiConfig gemini) {
    return new DubConfig(
        "news",
        "in.ts",
        List.of("out.flv", "out.ts"),
        TranslatorKind.TONE,
        targetLang,
        PlayoutDelay.fixed(Duration.ofSeconds(9)),
        Duration.ofMillis(500),
        FallbackMode.SILENCE,
        -6,
        BackgroundMode.SEPARATE,
        Duration.ofSeconds(3),
        Duration.ofSeconds(4),
        true,
        List.of("captions.vtt"),
        gemini);
  }

  @Test
  void withTargetLang_another_keepsTheRest() {
    assertThat(unlikeTheDefaults(Optional.of("es"), ELSEWHERE).withTargetLang(Optional.of("fr")))
        .isEqualTo(unlikeTheDefaults(Optional.of("fr"), ELSEWHERE));
  }

  @Test
  void with_anotherGemini_keepsTheRest() {
    assertThat(unlikeTheDefaults(Optional.of("es"), GeminiConfig.DEFAULTS).with(ELSEWHERE))
        .isEqualTo(unlikeTheDefaults(Optional.of("es"), ELSEWHERE));
  }
}
