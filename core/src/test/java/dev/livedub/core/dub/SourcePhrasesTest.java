package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.core.translate.SpeechChunk;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourcePhrasesTest {

  private static final int RATE_HZ = SpeechChunk.SAMPLE_RATE_HZ;

  private final SourcePhrases phrases = new SourcePhrases();

  /** Sound of 16 kHz with a voice in the spans given, in ms. */
  private static short[] sound(int millis, int... spans) {
    short[] sound = new short[millis * RATE_HZ / 1_000];
    for (int i = 0; i < spans.length; i += 2) {
      for (int n = spans[i] * RATE_HZ / 1_000; n < spans[i + 1] * RATE_HZ / 1_000; n++) {
        sound[n] = (short) (5_000 * Math.sin(0.08 * n));
      }
    }
    return sound;
  }

  private void hear(long fromMicros, short[] sound) {
    for (int from = 0; from < sound.length; from += SpeechChunk.SAMPLES) {
      phrases.hear(
          new SpeechChunk(
              fromMicros + from * 1_000_000L / RATE_HZ,
              Arrays.copyOfRange(sound, from, from + SpeechChunk.SAMPLES)));
    }
  }

  @Test
  void known_voiceWithPauses_isCutWhereTheyAreLongEnough() {
    hear(60_000_000, sound(3_000, 310, 1_000, 1_120, 1_500, 1_800, 3_000));

    List<Phrase> known = phrases.known();

    assertThat(known).hasSize(2);
    assertThat(known.get(0).onsetMicros()).isCloseTo(60_310_000L, within(20_000L));
    assertThat(known.get(0).endMicros()).isCloseTo(61_500_000L, within(20_000L));
    assertThat(known.get(0).voicedMicros()).isCloseTo(1_070_000L, within(60_000L));
    assertThat(known.get(0).open()).isFalse();
    assertThat(known.get(1).onsetMicros()).isCloseTo(61_800_000L, within(20_000L));
    assertThat(known.get(1).open()).isTrue();
  }

  @Test
  void known_click_isNoPhrase() {
    hear(0, sound(1_000, 500, 515));

    assertThat(phrases.known()).isEmpty();
  }

  @Test
  void known_gapInTheSound_endsThePhrase() {
    hear(0, sound(1_000, 300, 1_000));
    hear(5_000_000, sound(1_000));

    assertThat(phrases.known()).singleElement().matches(phrase -> !phrase.open());
  }

  @Test
  void known_manyPhrases_areBounded() {
    for (int i = 0; i < 2 * SourcePhrases.KEPT; i++) {
      hear(i * 1_000_000L, sound(1_000, 200, 600));
    }

    assertThat(phrases.known()).hasSize(SourcePhrases.KEPT);
    assertThat(phrases.known().get(0).number()).isEqualTo(SourcePhrases.KEPT);
  }
}
