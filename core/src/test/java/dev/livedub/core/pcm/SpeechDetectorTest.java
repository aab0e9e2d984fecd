package dev.livedub.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechDetectorTest {

  private static final int CHUNK = 1_600;
  private final SpeechDetector detector = new SpeechDetector();
  private final Random random = new Random(5);

  @Test
  void isSpeech_digitalSilence_no() {
    assertThat(answers(new short[20 * CHUNK])).doesNotContain(true);
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 100, 1_000, 10_000})
  void isSpeech_steadyNoiseOfAnyLevel_no(double peak) {
    assertThat(answers(noise(6, peak))).doesNotContain(true);
  }

  @ParameterizedTest
  @ValueSource(doubles = {800, 3_000, 25_000})
  void isSpeech_burstsOverQuietBackground_yesWhileTheyLast(double peak) {
    short[] sound = noise(6, 30);
    addSpeech(sound, 2, 4, peak);

    List<Boolean> answers = answers(sound);

    assertThat(answers.subList(0, 20)).doesNotContain(true);
    assertThat(answers.subList(20, 40)).filteredOn(answer -> answer).hasSizeGreaterThan(15);
    assertThat(answers.subList(41, 60)).doesNotContain(true);
  }

  @Test
  void isSpeech_speechFromTheVeryStart_isHeardWithinASyllable() {
    short[] sound = noise(2, 30);
    addSpeech(sound, 0, 2, 5_000);

    assertThat(answers(sound).subList(0, 4)).contains(true);
  }

  @Test
  void isSpeech_speechOverLoudBackground_isHeardAboveIt() {
    short[] sound = noise(6, 1_000);
    addSpeech(sound, 3, 5, 10_000);

    List<Boolean> answers = answers(sound);

    assertThat(answers.subList(0, 30)).doesNotContain(true);
    assertThat(answers.subList(30, 50)).filteredOn(answer -> answer).hasSizeGreaterThan(12);
  }

  @Test
  void isSpeech_backgroundThatBecomesLoud_isBackgroundWithinTwoSeconds() {
    short[] sound = noise(8, 2_000);
    Arrays.fill(sound, 0, 2 * 16_000, (short) 0);

    assertThat(answers(sound).subList(41, 80)).doesNotContain(true);
  }

  @Test
  void isSpeech_singleClick_no() {
    short[] sound = noise(3, 20);
    sound[20_000] = 30_000;

    assertThat(answers(sound)).doesNotContain(true);
  }

  @Test
  void isSpeech_sameChunksTwice_sameAnswers() {
    short[] sound = noise(5, 200);
    addSpeech(sound, 1, 3, 4_000);

    assertThat(answers(sound)).isEqualTo(answersOf(new SpeechDetector(), sound));
  }

  private List<Boolean> answers(short[] sound) {
    return answersOf(detector, sound);
  }

  private static List<Boolean> answersOf(SpeechDetector detector, short[] sound) {
    List<Boolean> answers = new ArrayList<>();
    for (int from = 0; from < sound.length; from += CHUNK) {
      answers.add(detector.isSpeech(Arrays.copyOfRange(sound, from, from + CHUNK)));
    }
    return answers;
  }

  private short[] noise(int seconds, double peak) {
    short[] sound = new short[seconds * 16_000];
    for (int n = 0; n < sound.length; n++) {
      sound[n] = (short) ((random.nextDouble() * 2 - 1) * peak);
    }
    return sound;
  }

  private static void addSpeech(short[] sound, int fromSecond, int toSecond, double peak) {
    for (int n = fromSecond * 16_000; n < toSecond * 16_000; n++) {
      double syllable = Math.pow(Math.sin(Math.PI * 4 * n / 16_000), 2);
      double value = sound[n] + peak * syllable * Math.sin(2 * Math.PI * 180 * n / 16_000);
      sound[n] = Pcm16.of((float) value);
    }
  }
}
