package dev.livedub.core.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceCutterTest {

  private static final long SECOND = 1_000_000;

  private final List<Sentence> sentences = new ArrayList<>();
  private final SentenceCutter cutter = new SentenceCutter(sentences::add);
  private long nowMicros = 10 * SECOND;

  @Test
  void add_terminatorAndWhatFollows_endsTheSentence() {
    say("Buenas noches");
    say(" a todos.");
    assertThat(sentences).isEmpty();
    say(" Hoy");

    assertThat(texts()).containsExactly("Buenas noches a todos.");
    cutter.finish();
    assertThat(texts()).containsExactly("Buenas noches a todos.", "Hoy");
  }

  @Test
  void add_terminatorWithinAFragment_sharesItsSecondByCharacters() {
    say("Ya está. Vámonos");
    cutter.finish();

    Sentence first = sentences.get(0);
    Sentence second = sentences.get(1);
    assertThat(first.text()).isEqualTo("Ya está.");
    assertThat(first.fromOffset()).isEqualTo(10 * SECOND);
    assertThat(first.toOffset()).isEqualTo(10 * SECOND + 500_000);
    assertThat(second.text()).isEqualTo("Vámonos");
    assertThat(second.fromOffset()).isEqualTo(10 * SECOND + 562_500);
    assertThat(second.toOffset()).isEqualTo(11 * SECOND);
    assertThat(second.expectedMicros()).isEqualTo(110 * SECOND + 562_500);
  }

  @Test
  void add_severalSentencesOverSeveralFragments_areEachWhereTheirWordsAre() {
    say("Uno");
    say(" dos. Tres");
    say(" cuatro. Cinco seis");
    cutter.finish();

    assertThat(texts()).containsExactly("Uno dos.", "Tres cuatro.", "Cinco seis");
    assertThat(sentences.get(0).fromOffset()).isEqualTo(10 * SECOND);
    assertThat(sentences.get(1).fromOffset()).isEqualTo(11 * SECOND + 600_000);
    assertThat(sentences.get(2).fromOffset())
        .isBetween(12 * SECOND + 400_000, 12 * SECOND + 500_000);
    assertThat(sentences.get(2).toOffset()).isEqualTo(13 * SECOND);
  }

  @Test
  void advance_twoSecondsWithoutAFragment_endsTheSentence() {
    say("Sin punto final");
    cutter.advance(nowMicros + SentenceCutter.PAUSE_MICROS - SECOND - 1);
    assertThat(sentences).isEmpty();
    cutter.advance(nowMicros + SentenceCutter.PAUSE_MICROS - SECOND);

    assertThat(texts()).containsExactly("Sin punto final");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sube un 3.5 por ciento. Y| Sube un 3.5 por ciento.",
        "El Sr. López habló. Luego| El Sr. López habló.",
        "J. R. R. Tolkien wrote it. Then| J. R. R. Tolkien wrote it.",
        "p. ej. hoy mismo. luego| p. ej. hoy mismo.",
        "¿Quién es? No sé| ¿Quién es?",
        "Well... maybe not. So| Well... maybe not.",
        "He said \"Go!\" Then| He said \"Go!\"",
        "今天天气很好。我们| 今天天气很好。",
        "そうですか？はい| そうですか？",
        "「行きましょう。」と| 「行きましょう。」",
        "यह अच्छा है। वह| यह अच्छा है।",
        "هل أنت بخير؟ نعم| هل أنت بخير؟",
      })
  void add_sentenceOfManyKinds_endsWhereItEnds(String said, String sentence) {
    say(said);

    assertThat(texts()).containsExactly(sentence);
  }

  @Test
  void add_decimalPointBetweenFragments_isNoEnd() {
    say("Sube un 3.");
    say("5 por ciento.");
    cutter.finish();

    assertThat(texts()).containsExactly("Sube un 3.5 por ciento.");
  }

  @Test
  void add_noEndInSight_isCutBetweenWords() {
    for (int i = 0; i < 100; i++) {
      say(" palabra" + i);
    }
    cutter.finish();

    assertThat(texts()).hasSizeGreaterThan(3).allMatch(text -> text.matches("(palabra\\d+ ?)+"));
    assertThat(texts()).allMatch(text -> text.length() <= SentenceCutter.MAX_CHARS);
    assertThat(String.join(" ", texts())).contains("palabra0 ").endsWith("palabra99");
  }

  @Test
  void add_hugeFragment_isBounded() {
    say("¡Ah!".repeat(500_000));
    cutter.finish();

    assertThat(String.join("", texts()).length()).isLessThan(5_000);
    assertThat(texts()).allMatch(text -> text.length() <= SentenceCutter.MAX_CHARS);
  }

  @Test
  void add_controlCharactersAndBlanks_areOneSpace() {
    say("Una\n\nlínea\u0007 \u2028-->");
    say("   ");
    cutter.finish();

    assertThat(texts()).containsExactly("Una línea -->");
  }

  @Test
  void add_language_isThatOfTheFragment() {
    cutter.add("Hola.", "es", 0, 0, 0);
    cutter.add(" Bonjour", "fr", SECOND, SECOND, SECOND);
    cutter.add(" à tous.", null, 2 * SECOND, 2 * SECOND, 2 * SECOND);
    cutter.finish();

    assertThat(sentences).extracting(Sentence::languageTag).containsExactly("es", "fr");
  }

  /** Says it; the next comes a second later. Voice is expected 100 s further on. */
  private void say(String fragment) {
    cutter.add(fragment, "es", nowMicros, nowMicros + 100 * SECOND, nowMicros);
    nowMicros += SECOND;
  }

  private List<String> texts() {
    return sentences.stream().map(Sentence::text).toList();
  }
}
