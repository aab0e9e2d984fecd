package dev.livedub.gemini.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.gemini.config.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainReasonTest {

  @Test
  void of_knownSecret_isMasked() {
    assertThat(PlainReason.of("no such key: sesame!", List.of(new Secret("sesame"))))
        .isEqualTo("no such key: ***!");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "API_KEY AIzaSyD-0123456789_abc is bad",
        "token ya29.a0AfB_by.Cxyz is bad",
        "Authorization: Bearer abc.def is bad",
        "GET wss://host/path?key=abc.def is bad",
        "key=abc.def is bad",
        "jwt eyJhbGciOi.abc.def is bad"
      })
  void of_whatLooksLikeSecret_isMasked(String text) {
    assertThat(PlainReason.of(text, List.of()))
        .contains("***")
        .endsWith(" is bad")
        .doesNotContain("abc");
  }

  @Test
  void of_linesAndLength_becomeOneShortLine() {
    assertThat(PlainReason.of(" a\r\n\tb\u0007c ", List.of())).isEqualTo("a b c");
    assertThat(PlainReason.of("x".repeat(5_000), List.of())).hasSize(301);
  }
}
