package dev.livedub.core.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.core.translate.TranslatorEvent.Transcript;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A stage on which 100 ms pass at a time: source sound is heard, voice is laid 3 s behind the
 * newest source, text is written.
 */
class CaptionerTest {

  private static final long STEP = 100_000;
  private static final long SECOND = 1_000_000;
  private static final long LAG = 3 * SECOND;

  private final List<Caption> captions = new ArrayList<>();
  private final Captioner captioner = new Captioner(captions::add);
  private long nowMicros;

  @Test
  void write_voiceLaidHalfASecondLater_timesTheSentenceToTheVoice() {
    pass(5_000, false);
    write(Side.TARGET, "Buenas noches");
    pass(500, false);
    pass(500, true);
    write(Side.TARGET, " a todos.");
    pass(1_300, true);
    pass(5_000, false);

    assertThat(targets()).hasSize(1);
    Caption caption = targets().get(0);
    assertThat(caption.text()).isEqualTo("Buenas noches a todos.");
    assertThat(caption.languageTag()).isEqualTo("es");
    assertThat(caption.startMicros()).isEqualTo(5_500_000 - LAG);
    assertThat(caption.endMicros()).isEqualTo(7_300_000 - LAG);
  }

  @Test
  void write_onsetOtherThanExpected_isFollowed() {
    pass(5_000, false);
    write(Side.TARGET, "Buenas noches.");
    pass(1_000, false);
    pass(1_000, true);
    pass(4_000, false);

    assertThat(targets().get(0).startMicros()).isEqualTo(6_000_000 - LAG);
    assertThat(targets().get(0).endMicros()).isEqualTo(7_000_000 - LAG);
  }

  @Test
  void write_twoSentencesInUnbrokenVoice_meetWhereTheSecondBegins() {
    pass(5_000, false);
    write(Side.TARGET, "Uno dos tres");
    pass(500, false);
    pass(500, true);
    write(Side.TARGET, " cuatro. Cinco");
    pass(1_000, true);
    write(Side.TARGET, " seis siete.");
    pass(1_500, true);
    pass(5_000, false);

    assertThat(targets()).hasSize(2);
    Caption first = targets().get(0);
    Caption second = targets().get(1);
    assertThat(first.startMicros()).isEqualTo(5_500_000 - LAG);
    assertThat(second.startMicros()).isCloseTo(7_100_000 - LAG, within(STEP));
    assertThat(first.endMicros()).isEqualTo(second.startMicros());
    assertThat(second.endMicros()).isEqualTo(8_500_000 - LAG);
  }

  @Test
  void write_voiceThatOnlyCarriesSpeech_isFoundAllTheSame() {
    // The translator leaves silence out: nothing is laid between the sentences.
    advance(20_000);
    write(Side.TARGET, "La primera.");
    advance(500);
    lay(20_500_000 - LAG, 1_000);
    advance(9_000);
    write(Side.TARGET, "La segunda.");
    advance(500);
    lay(30_500_000 - LAG, 1_000);
    advance(5_000);

    assertThat(targets()).extracting(Caption::text).containsExactly("La primera.", "La segunda.");
    assertThat(targets().get(0).startMicros()).isEqualTo(20_500_000 - LAG);
    assertThat(targets().get(0).endMicros()).isEqualTo(21_500_000 - LAG);
    assertThat(targets().get(1).startMicros()).isEqualTo(30_500_000 - LAG);
    assertThat(targets().get(1).endMicros()).isEqualTo(31_500_000 - LAG);
  }

  @Test
  void write_burst_isTimedByHowMuchSoundLiesBetween() {
    advance(20_000);
    long nextLaid = 20 * SECOND;
    for (String text : List.of("Uno dos.", " Tres cuatro.", " Cinco seis.")) {
      write(Side.TARGET, text);
      lay(nextLaid, 1_000);
      nextLaid += SECOND;
    }
    lay(nextLaid, 1_000);
    advance(10_000);

    assertThat(targets()).hasSize(3);
    assertThat(targets().get(1).startMicros()).isCloseTo(21_500_000, within(STEP));
    assertThat(targets().get(2).startMicros()).isCloseTo(22_500_000, within(STEP));
  }

  @Test
  void write_voiceThatNeverComes_isPutWhereItWasExpected() {
    advance(20_000);
    captioner.write(new Transcript(Side.TARGET, "Sin voz.", "es"), 17_000_000);
    advance(2_400);
    assertThat(targets()).isEmpty();
    advance(2_200);

    assertThat(targets()).hasSize(1);
    assertThat(targets().get(0).startMicros()).isEqualTo(17_500_000);
    assertThat(targets().get(0).endMicros()).isEqualTo(18_500_000);
  }

  @Test
  void write_source_isTimedToTheSourceSpeech() {
    pass(5_000, false);
    speak(1_500);
    write(Side.SOURCE, "Good evening");
    speak(500);
    silence(500);
    write(Side.SOURCE, " all.");
    silence(5_000);

    List<Caption> sources = captions.stream().filter(each -> each.side() == Side.SOURCE).toList();
    assertThat(sources).hasSize(1);
    assertThat(sources.get(0).text()).isEqualTo("Good evening all.");
    assertThat(sources.get(0).startMicros()).isEqualTo(5_000_000);
    assertThat(sources.get(0).endMicros()).isEqualTo(7_000_000);
  }

  @Test
  void finish_inMidSentence_handsItOn() {
    pass(3_000, false);
    write(Side.TARGET, "Buenas");
    pass(500, true);
    captioner.finish();

    assertThat(targets()).extracting(Caption::text).containsExactly("Buenas");
    assertThat(targets().get(0).startMicros()).isNotNegative();
  }

  @Test
  void write_manySentencesAnywhere_comeInOrderWithoutOverlap() {
    pass(4_000, false);
    for (int i = 0; i < 200; i++) {
      write(Side.TARGET, " Uno. Dos " + i + ". Tres");
      pass(100 * (i * 7 % 23), i % 3 > 0);
    }
    captioner.finish();

    assertThat(targets()).hasSizeGreaterThan(300);
    long endMicros = 0;
    for (Caption caption : targets()) {
      assertThat(caption.startMicros()).isGreaterThanOrEqualTo(endMicros);
      assertThat(caption.endMicros()).isGreaterThan(caption.startMicros());
      endMicros = caption.endMicros();
    }
  }

  /** Lets time pass with voice laid all along, audible or not; the source is silent. */
  private void pass(int millis, boolean audible) {
    for (int done = 0; done < millis; done += 100) {
      captioner.heardSource(nowMicros, STEP, false);
      captioner.laidVoice(nowMicros - LAG, STEP, audible);
      nowMicros += STEP;
      captioner.advance(nowMicros);
    }
  }

  private void speak(int millis) {
    hear(millis, true);
  }

  private void silence(int millis) {
    hear(millis, false);
  }

  private void hear(int millis, boolean speech) {
    for (int done = 0; done < millis; done += 100) {
      captioner.heardSource(nowMicros, STEP, speech);
      nowMicros += STEP;
      captioner.advance(nowMicros);
    }
  }

  /** Lets time pass without any sound. */
  private void advance(int millis) {
    for (int done = 0; done < millis; done += 100) {
      nowMicros += STEP;
      captioner.advance(nowMicros);
    }
  }

  private void lay(long positionMicros, int millis) {
    for (int done = 0; done < millis; done += 50) {
      captioner.laidVoice(positionMicros + done * 1_000L, 50_000, true);
    }
  }

  private void write(Side side, String text) {
    captioner.write(new Transcript(side, text, "es"), nowMicros - LAG);
  }

  private List<Caption> targets() {
    return captions.stream().filter(each -> each.side() == Side.TARGET).toList();
  }
}
