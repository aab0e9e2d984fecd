package dev.livedub.gemini.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class OutputGuardTest {

  private final OutputGuard guard = new OutputGuard("es");
  private final OutputFrames frames = new OutputFrames();

  @Test
  void voice_ofAMinute_isGood() {
    play(60, speech(1));

    assertThat(guard.fault()).isEmpty();
  }

  @Test
  void voice_thatIsLoudAndTouchesFullScale_isGood() {
    IntUnaryOperator voice = speech(1);
    play(10, i -> clamp((int) (voice.applyAsInt(i) * 3.5)));

    assertThat(guard.fault()).isEmpty();
  }

  @Test
  void tone_forTwoSeconds_isRefused() {
    play(1.9, tone(12_000, 440));
    assertThat(guard.fault()).isEmpty();
    play(0.5, tone(12_000, 440));

    assertThat(guard.fault()).hasValue(OutputFault.STUCK_TONE);
  }

  @Test
  void tone_tooQuietToHarm_isTolerated() {
    play(5, tone(100, 440));

    assertThat(guard.fault()).isEmpty();
  }

  @Test
  void silence_isTolerated() {
    play(5, i -> 0);

    assertThat(guard.fault()).isEmpty();
  }

  @Test
  void distortion_isRefused() {
    IntUnaryOperator voice = speech(2);
    play(3, i -> clamp(voice.applyAsInt(i) * 100));

    assertThat(guard.fault()).hasValue(OutputFault.CLIPPING);
  }

  @Test
  void language_oneForeignFragment_isTolerated() {
    guard.text(Side.TARGET, " hola a todos", "es-MX");
    guard.text(Side.TARGET, " The New York Times said so in a long article", "en");
    guard.text(Side.TARGET, " y nada más", "es");

    assertThat(guard.fault()).isEmpty();
  }

  @Test
  void language_foreignForLong_isRefused() {
    for (int i = 0; i < 6; i++) {
      guard.text(Side.TARGET, " words in another tongue", "en");
    }

    assertThat(guard.fault()).hasValue(OutputFault.WRONG_LANGUAGE);
  }

  @Test
  void language_notSaidOrOfTheSource_saysNothing() {
    for (int i = 0; i < 20; i++) {
      guard.text(Side.TARGET, " words of some language", null);
      guard.text(Side.SOURCE, " words of some language", "en");
    }

    assertThat(guard.fault()).isEmpty();
  }

  @Test
  void sentence_saidTwiceInTextAndVoice_isRefused() {
    guard.text(Side.TARGET, " Esta frase se repite sin motivo.", "es");
    play(4, speech(7));
    guard.text(Side.TARGET, " Esta frase se repite sin motivo.", "es");
    play(4, speech(7));

    assertThat(guard.fault()).hasValue(OutputFault.REPEATED_SENTENCE);
  }

  @Test
  void sentence_twiceInTextOnly_isTolerated() {
    guard.text(Side.TARGET, " Esta frase se repite sin motivo.", "es");
    play(4, speech(7));
    guard.text(Side.TARGET, " Esta frase se repite sin motivo.", "es");
    play(6, speech(8));

    assertThat(guard.fault()).isEmpty();
  }

  @Test
  void sentence_twiceInVoiceOnly_isTolerated() {
    play(4, speech(7));
    play(4, speech(7));

    assertThat(guard.fault()).isEmpty();
  }

  @Test
  void sentence_thatTheSpeakerRepeats_isTolerated() {
    for (int i = 0; i < 2; i++) {
      guard.text(Side.SOURCE, " This sentence is said twice for a reason.", "en");
      guard.text(Side.TARGET, " Esta frase se repite con motivo.", "es");
      play(4, speech(7));
    }

    assertThat(guard.fault()).isEmpty();
  }

  private void play(double seconds, IntUnaryOperator sound) {
    short[] samples = new short[(int) (seconds * 24_000)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) sound.applyAsInt(i);
    }
    frames.add(samples, guard::frame);
  }

  private static IntUnaryOperator tone(int peak, double hertz) {
    return i -> (int) (peak * Math.sin(2 * Math.PI * hertz * i / 24_000));
  }

  /** Syllables of differing length, loudness and pitch. */
  private static IntUnaryOperator speech(int seed) {
    Random random = new Random(seed);
    double[] loudness = random.doubles(1_000, 0.1, 1).toArray();
    double[] pitch = random.doubles(1_000, 0.02, 0.2).toArray();
    int[] borders = new int[1_000];
    for (int n = 1; n < borders.length; n++) {
      borders[n] = borders[n - 1] + 2_000 + random.nextInt(4_000);
    }
    int[] syllable = {0};
    return i -> {
      if (i == 0) {
        syllable[0] = 0;
      }
      while (i >= borders[syllable[0] + 1]) {
        syllable[0]++;
      }
      int n = syllable[0];
      double part = (i - borders[n]) / (double) (borders[n + 1] - borders[n]);
      return (int) (9_000 * loudness[n] * Math.sin(Math.PI * part) * Math.sin(i * pitch[n]));
    };
  }

  private static int clamp(int sample) {
    return Math.max(-32_768, Math.min(32_767, sample));
  }
}
