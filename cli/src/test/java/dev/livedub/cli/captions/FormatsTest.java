package dev.livedub.cli.captions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import org.junit.jupiter.api.Test;

class FormatsTest {

  private static final Caption SOURCE =
      new Caption(Side.SOURCE, "Good \"evening\".", "en", 400_000, 1_900_000);
  private static final Caption TARGET =
      new Caption(Side.TARGET, "Buenas <noches> & --> adiós.", null, 500_000, 2_000_000);
  private static final Caption LATE =
      new Caption(Side.TARGET, "Fin.", "es-MX", 360_061_001_000L, 360_062_000_000L);

  @Test
  void entry_webVtt_isTheTranslationEscaped() {
    CaptionFormat format = CaptionFormat.of("out.VTT", "es");
    assertThat(format.header()).isEqualTo("WEBVTT\nKind: captions\nLanguage: es\n\n");
    assertThat(format.entry(SOURCE)).isEmpty();
    assertThat(format.entry(TARGET))
        .isEqualTo("00:00:00.500 --> 00:00:02.000\nBuenas &lt;noches&gt; &amp; --&gt; adiós.\n\n");
    assertThat(format.entry(LATE)).isEqualTo("100:01:01.001 --> 100:01:02.000\nFin.\n\n");
  }

  @Test
  void entry_subRip_isNumberedAndCannotBreakOut() {
    CaptionFormat format = CaptionFormat.of("out.srt", "es");
    assertThat(format.header()).isEmpty();
    assertThat(format.entry(SOURCE)).isEmpty();
    assertThat(format.entry(TARGET))
        .isEqualTo("1\n00:00:00,500 --> 00:00:02,000\nBuenas ‹noches> & → adiós.\n\n");
    assertThat(format.entry(LATE)).startsWith("2\n100:01:01,001 --> ");
  }

  @Test
  void entry_json_isBothSidesWithTheirLanguages() {
    CaptionFormat format = CaptionFormat.of("out.jsonl", "es");
    assertThat(format.entry(SOURCE))
        .isEqualTo(
            "{\"startMs\":400,\"endMs\":1900,\"side\":\"source\",\"lang\":\"en\","
                + "\"text\":\"Good \\\"evening\\\".\"}\n");
    assertThat(format.entry(TARGET)).contains("\"side\":\"target\",\"lang\":\"es\",");
    assertThat(format.entry(LATE)).contains("\"lang\":\"es-MX\"");
    assertThat(format.entry(new Caption(Side.SOURCE, "Hm.", null, 0, 1_000)))
        .isEqualTo("{\"startMs\":0,\"endMs\":1,\"side\":\"source\",\"text\":\"Hm.\"}\n");
  }

  @Test
  void of_otherName_isRefused() {
    assertThatThrownBy(() -> CaptionFormat.of("out.txt", "es"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out.txt");
  }
}
