package dev.livedub.core.caption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CueCutterTest {

  private final CueCutter cutter = new CueCutter("es");

  @Test
  void cut_shortSentence_isOneLine() {
    assertThat(cutter.cut(caption("Buenas noches a todos.", "es", 1_000, 3_500)))
        .containsExactly(new Cue(1_000, 3_500, List.of("Buenas noches a todos.")));
  }

  @Test
  void cut_sentenceOfTwoLines_breaksItEvenly() {
    List<Cue> cues =
        cutter.cut(
            caption("El presidente llegó esta mañana a Madrid con su familia.", "es", 0, 4_000));

    assertThat(cues).hasSize(1);
    assertThat(cues.get(0).lines())
        .containsExactly("El presidente llegó esta", "mañana a Madrid con su familia.");
  }

  @Test
  void cut_longSentence_isSharedOutByItsText() {
    String text = "Una frase muy larga que no cabe en una sola pantalla, ".repeat(4).strip();
    List<Cue> cues = cutter.cut(caption(text, "es", 10_000, 22_000));

    assertThat(cues).hasSize(3);
    assertFits(cues);
    assertThat(cues.get(0).startMillis()).isEqualTo(10_000);
    assertThat(cues.get(1).startMillis()).isBetween(13_500L, 14_500L);
    assertThat(cues.get(2).endMillis()).isEqualTo(22_000);
    assertThat(joined(cues, " ")).isEqualTo(text);
  }

  @Test
  void cut_fewWordsOverALongTime_areNotShownLongerThanAllowed() {
    List<Cue> cues = cutter.cut(caption("Despacio, muy despacio.", "es", 0, 20_000));

    assertFits(cues);
    assertThat(cues).hasSize(3);
    assertFits(cutter.cut(caption("Ay.", "es", 20_000, 40_000)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zh-Hans| 今天我们在北京见到了很多来自世界各地的朋友，他们都说这里的变化非常大，让人印象深刻，希望明年还能再来。",
        "ja| 本日は、世界各地から多くの皆様にお越しいただき、誠にありがとうございます。どうぞ最後までごゆっくりお楽しみください。",
        "th| สวัสดีครับท่านผู้ชมทุกท่านวันนี้เรามีข่าวสำคัญมากมายที่จะนำเสนอให้ท่านได้ทราบกันครับขอบคุณมากครับ",
        "ar| مساء الخير أيها المشاهدون الكرام، نرحب بكم في نشرة الأخبار الرئيسية لهذا اليوم من العاصمة، وإليكم العناوين.",
        "en| https://example.com/a/very/long/address/that/has/no/place/to/break/it/anywhere/at/all/1234567890123456789012345",
      })
  void cut_anyScript_fitsTheScreenAndLosesNothing(String languageTag, String text) {
    List<Cue> cues = cutter.cut(caption(text, languageTag, 0, 6_000));

    assertFits(cues);
    assertThat(joined(cues, "").replace(" ", "")).isEqualTo(text.replace(" ", ""));
    assertThat(cues.stream().flatMap(cue -> cue.lines().stream()))
        .as("no line begins with what belongs to the one before")
        .noneMatch(line -> "，。、！？,.!?".indexOf(line.charAt(0)) >= 0);
  }

  @Test
  void cut_captionsThatOverlapOrAreTooShort_followEachOther() {
    List<Cue> cues = new ArrayList<>();
    cues.addAll(cutter.cut(caption("Uno.", null, 0, 100)));
    cues.addAll(cutter.cut(caption("Dos.", null, 100, 200)));
    cues.addAll(cutter.cut(caption("Tres.", null, 150, 5_000)));

    assertFits(cues);
    assertThat(cues).hasSize(3);
    assertThat(cues.get(2).endMillis()).isEqualTo(5_000);
  }

  private static void assertFits(List<Cue> cues) {
    long endMillis = 0;
    for (Cue cue : cues) {
      assertThat(cue.lines()).hasSizeBetween(1, CueCutter.LINES);
      assertThat(cue.lines())
          .allMatch(line -> Scripts.columns(line) <= CueCutter.LINE_COLUMNS && !line.isBlank());
      assertThat(cue.startMillis()).isGreaterThanOrEqualTo(endMillis);
      assertThat(cue.endMillis()).isGreaterThan(cue.startMillis());
      assertThat(cue.endMillis() - cue.startMillis()).isLessThanOrEqualTo(CueCutter.MAX_MILLIS);
      endMillis = cue.endMillis();
    }
  }

  private static String joined(List<Cue> cues, String separator) {
    return String.join(separator, cues.stream().flatMap(cue -> cue.lines().stream()).toList());
  }

  private static Caption caption(
      String text, @Nullable String languageTag, long startMillis, long endMillis) {
    return new Caption(Side.TARGET, text, languageTag, startMillis * 1_000, endMillis * 1_000);
  }
}
