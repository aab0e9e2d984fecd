package dev.livedub.gemini.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.livedub.core.config.BadValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageCodesTest {

  @Test
  void listed_everyTag_isItself() {
    assertThat(LanguageCodes.listed()).hasSizeGreaterThan(70).doesNotHaveDuplicates();
    assertThat(LanguageCodes.listed())
        .allSatisfy(tag -> assertThat(LanguageCodes.resolve(tag)).isEqualTo(tag));
  }

  @ParameterizedTest
  @CsvSource({
    "en-US, en",
    "es-MX, es",
    "es-419, es",
    "ru-RU, ru",
    "tl, fil",
    "pt, pt-BR",
    "PT-br, pt-BR",
    "pt_PT, pt-PT",
    "zh-hans, zh-Hans",
    "zh-CN, zh-Hans",
    "zh, zh",
    "cmn, cmn",
    "zh-tw, zh-TW",
    "' de ', de",
  })
  void resolve_otherSpelling_isTheServicesOwn(String written, String sent) {
    assertThat(LanguageCodes.resolve(written)).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xx", "en-Latn-US", "pt-AO", "zh-HK", "english", "", "tlh", "e", "en-"})
  void resolve_unknownTag_isRefusedWithTheList(String tag) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> LanguageCodes.resolve(tag))
        .withMessageStartingWith("a language the service speaks")
        .withMessageContaining("zh-Hans zh-Hant");
  }
}
